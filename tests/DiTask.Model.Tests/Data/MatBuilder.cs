using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DiTask.Tests.Data;

/// <summary>Writes MATLAB level 5 files from the format's definition.</summary>
internal static class MatBuilder
{
    private const int UInt8Class = 9, UInt16Class = 11, DoubleClass = 6;

    public static byte[] File(bool compressed, params byte[][] matrices)
    {
        byte[] header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, made by a test".PadRight(116)).CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(124), 0x0100);
        header[126] = (byte)'I';
        header[127] = (byte)'M';
        return [.. header, .. matrices.SelectMany(matrix => compressed ? Compressed(matrix) : matrix)];
    }

    public static byte[] UInt8(string name, int rows, int columns, Func<int, int, int> value) =>
        Numbers(name, UInt8Class, rows, columns, Element(2, [.. ColumnMajor(rows, columns, value).Select(number => (byte)number)]));

    public static byte[] UInt16(string name, int rows, int columns, Func<int, int, int> value) =>
        Numbers(name, UInt16Class, rows, columns, Element(4, [.. ColumnMajor(rows, columns, value).SelectMany(number => BitConverter.GetBytes((ushort)number))]));

    /// <summary>A double whose number is stored as a byte, in the short form: what MATLAB does with small whole numbers.</summary>
    public static byte[] Scalar(string name, byte value) => Numbers(name, DoubleClass, 1, 1, [2, 0, 1, 0, value, 0, 0, 0]);

    public static byte[] Text(string name, string text) =>
        Numbers(name, 4, 1, text.Length, Element(4, [.. text.SelectMany(letter => BitConverter.GetBytes(letter))]));

    public static byte[] Empty() => Element(14, []);

    public static byte[] Structure(string name, string[] fields, params byte[][][] elements)
    {
        byte[] names = new byte[32 * fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            Encoding.ASCII.GetBytes(fields[i]).CopyTo(names, 32 * i);
        }

        return Element(14,
        [
            .. Element(6, [2, 0, 0, 0, 0, 0, 0, 0]), .. Element(5, [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(elements.Length)]),
            .. Element(1, Encoding.ASCII.GetBytes(name)), 5, 0, 4, 0, 32, 0, 0, 0, .. Element(1, names), .. elements.SelectMany(element => element.SelectMany(field => field)),
        ]);
    }

    public static byte[] Element(int type, byte[] data) =>
        [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[(8 - (data.Length % 8)) % 8]];

    private static byte[] Numbers(string name, int kind, int rows, int columns, byte[] data) => Element(14,
    [
        .. Element(6, [(byte)kind, 0, 0, 0, 0, 0, 0, 0]), .. Element(5, [.. BitConverter.GetBytes(rows), .. BitConverter.GetBytes(columns)]),
        .. Element(1, Encoding.ASCII.GetBytes(name)), .. data,
    ]);

    private static IEnumerable<int> ColumnMajor(int rows, int columns, Func<int, int, int> value) =>
        Enumerable.Range(0, rows * columns).Select(i => value(i / rows, i % rows));

    private static byte[] Compressed(byte[] matrix)
    {
        using MemoryStream output = new();
        using (ZLibStream deflater = new(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(matrix);
        }

        return [15, 0, 0, 0, .. BitConverter.GetBytes((int)output.Length), .. output.ToArray()];
    }
}
