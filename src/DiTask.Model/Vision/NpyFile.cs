using System.Globalization;
using System.Text;

namespace DiTask.Model.Vision;

/// <summary>Writes the header of a NumPy file (format 1.0, C order); the values follow it, row-major and little-endian.</summary>
public static class NpyFile
{
    /// <summary>NumPy's name of float32.</summary>
    public const string SingleDescr = "<f4";

    /// <summary>NumPy's name of float16.</summary>
    public const string HalfDescr = "<f2";

    /// <summary>NumPy's name of uint8.</summary>
    public const string ByteDescr = "|u1";

    // Values start at a multiple of this, so that the file can be mapped.
    private const int Alignment = 64;

    internal static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Writes the header.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="descr">NumPy's name of the type.</param>
    /// <param name="shape">Sizes, slowest axis first.</param>
    public static void WriteHeader(Stream output, string descr, IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(shape);
        string sizes = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        string tuple = shape.Count == 1 ? $"({sizes},)" : $"({sizes})";
        string header = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {tuple}, }}";
        int start = Magic.Length + 4;
        int padded = ((start + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - start;
        output.Write(Magic);
        output.Write([1, 0, (byte)padded, (byte)(padded >> 8)]);
        output.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"));
    }
}
