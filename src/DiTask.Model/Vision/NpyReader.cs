using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DiTask.Model.Vision;

/// <summary>Reads a float32 NumPy file in C order, a few items of its first axis at a time. Every byte of the file is distrusted.</summary>
public sealed class NpyReader : IDisposable
{
    private const int MaxHeaderBytes = 64 * 1024;

    private readonly Stream file;
    private readonly string name;
    private int nextItem;

    private NpyReader(Stream file, string name, IReadOnlyList<int> shape, int itemLength)
    {
        this.file = file;
        this.name = name;
        Shape = shape;
        ItemLength = itemLength;
    }

    /// <summary>Sizes, slowest axis first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Values of one item of the first axis.</summary>
    public int ItemLength { get; }

    /// <summary>Opens a file and checks its header against its length.</summary>
    /// <param name="path">The file.</param>
    /// <param name="axes">Number of axes that it must have.</param>
    /// <exception cref="InvalidDataException">Not a NumPy file, not float32 in C order, another number of axes, or a length that does not fit.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NpyReader Open(string path, int axes)
    {
        FileStream file = File.OpenRead(path);
        try
        {
            return Open(file, Path.GetFileName(path), axes);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next items.</summary>
    /// <param name="items">Room for at least one item.</param>
    /// <returns>Number of items read; 0 at the end.</returns>
    /// <exception cref="InvalidDataException">The file has become shorter.</exception>
    public int Read(Span<float> items)
    {
        int count = Math.Min(items.Length / Math.Max(ItemLength, 1), Shape[0] - nextItem);
        Span<byte> bytes = MemoryMarshal.AsBytes(items[..(count * ItemLength)]);
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != bytes.Length)
        {
            throw new InvalidDataException($"'{name}': expected {Shape[0]} items; the file ended in item {nextItem} or after it.");
        }

        nextItem += count;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    internal static NpyReader Open(Stream file, string name, int axes)
    {
        NpyHeader header = ReadHeader(file, name);
        if (header.Descr != NpyFile.SingleDescr || header.FortranOrder)
        {
            throw new InvalidDataException(
                $"'{name}': expected type {NpyFile.SingleDescr} in C order; found {header.Descr} in {(header.FortranOrder ? "Fortran" : "C")} order.");
        }

        if (header.Shape.Count != axes)
        {
            throw new InvalidDataException($"'{name}': expected {axes} axes; found shape ({string.Join(", ", header.Shape)}).");
        }

        UInt128 count = 1;
        UInt128 itemLength = 1;
        for (int axis = 0; axis < axes; axis++)
        {
            count *= (uint)header.Shape[axis];
            itemLength *= axis == 0 ? 1u : (uint)header.Shape[axis];
            // Four axes of at most 2^31 would pass 2^64; stopping at the file's length keeps every later product small.
            if (count > (UInt128)file.Length || itemLength > int.MaxValue / sizeof(float))
            {
                break;
            }
        }

        UInt128 expected = (UInt128)file.Position + (count * sizeof(float));
        if (expected != (UInt128)file.Length || itemLength > int.MaxValue / sizeof(float))
        {
            throw new InvalidDataException(
                $"'{name}': shape ({string.Join(", ", header.Shape)}) of float32 does not fit the file: it has {file.Length - file.Position} bytes after the header.");
        }

        return new NpyReader(file, name, header.Shape, (int)itemLength);
    }

    internal static NpyHeader ReadHeader(Stream file, string name)
    {
        Span<byte> start = stackalloc byte[8];
        Fill(file, start, name);
        if (!start[..6].SequenceEqual(NpyFile.Magic))
        {
            throw new InvalidDataException($"'{name}': expected a NumPy file (93 4E 55 4D 50 59); found {Convert.ToHexString(start[..6])}.");
        }

        int major = start[6];
        if (major is < 1 or > 3)
        {
            throw new InvalidDataException($"'{name}': expected NumPy format 1 to 3; found {major}.");
        }

        Span<byte> size = stackalloc byte[4];
        size.Clear();
        Fill(file, major == 1 ? size[..2] : size, name);
        uint headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (headerBytes > MaxHeaderBytes || headerBytes > file.Length - file.Position)
        {
            throw new InvalidDataException($"'{name}': the header claims {headerBytes} bytes; the file has {file.Length}, the limit is {MaxHeaderBytes}.");
        }

        byte[] text = new byte[headerBytes];
        Fill(file, text, name);
        return NpyHeader.Parse(Encoding.Latin1.GetString(text))
            ?? throw new InvalidDataException($"'{name}': expected a header with descr, fortran_order and shape; found something else.");
    }

    private static void Fill(Stream file, Span<byte> bytes, string name)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != bytes.Length)
        {
            throw new InvalidDataException($"'{name}': expected a NumPy file; it ends within its header, at byte {file.Length}.");
        }
    }
}
