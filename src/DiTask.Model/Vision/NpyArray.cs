using System.Buffers.Binary;

namespace DiTask.Model.Vision;

/// <summary>A whole NumPy file as float32. Every byte of the file is distrusted.</summary>
/// <param name="Shape">Sizes, slowest axis first.</param>
/// <param name="Values">Row-major, whatever the order in the file.</param>
internal sealed record NpyArray(IReadOnlyList<int> Shape, float[] Values)
{
    private const string Known = "<f2, <f4, <f8, |b1, |u1, |i1, <u2, <i2, <u4, <i4, <u8, <i8";

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">Not a NumPy file of numbers, or a length that does not fit its shape.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NpyArray Read(string path, long maxValues)
    {
        using FileStream file = File.OpenRead(path);
        NpyHeader header = NpyReader.ReadHeader(file, Path.GetFileName(path));
        int width = header.Descr switch
        {
            "|b1" or "|u1" or "|i1" => 1,
            "<f2" or "<u2" or "<i2" => 2,
            "<f4" or "<u4" or "<i4" => 4,
            "<f8" or "<u8" or "<i8" => 8,
            _ => throw new InvalidDataException($"expected a NumPy array of type {Known}; found {header.Descr}"),
        };
        long count = Count(header, maxValues);
        if (count * width != file.Length - file.Position)
        {
            throw new InvalidDataException(
                $"shape ({string.Join(", ", header.Shape)}) of {header.Descr} needs {count * width} bytes; the file has {file.Length - file.Position} after the header");
        }

        byte[] bytes = new byte[count * width];
        file.ReadExactly(bytes);
        float[] values = new float[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Value(header.Descr, bytes.AsSpan(i * width, width));
        }

        return new NpyArray(header.Shape, header.FortranOrder ? RowMajor(header.Shape, values) : values);
    }

    private static long Count(NpyHeader header, long maxValues)
    {
        long count = 1;
        foreach (int size in header.Shape)
        {
            // Both are below 2^31 here, so that the product cannot overflow.
            count *= size;
            if (count > Math.Min(maxValues, int.MaxValue / 8))
            {
                throw new InvalidDataException($"expected at most {maxValues} values; found shape ({string.Join(", ", header.Shape)})");
            }
        }

        return count;
    }

    private static float Value(string descr, ReadOnlySpan<byte> bytes) => descr switch
    {
        "|b1" or "|u1" => bytes[0],
        "|i1" => (sbyte)bytes[0],
        "<u2" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "<i2" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "<u4" => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        "<i4" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "<u8" => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        "<i8" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        "<f2" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        "<f4" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };

    private static float[] RowMajor(IReadOnlyList<int> shape, float[] values)
    {
        float[] result = new float[values.Length];
        int[] position = new int[shape.Count];
        for (int to = 0; to < values.Length; to++)
        {
            int from = 0;
            for (int axis = shape.Count - 1; axis >= 0; axis--)
            {
                from = (from * shape[axis]) + position[axis];
            }

            result[to] = values[from];
            for (int axis = shape.Count - 1; axis >= 0 && ++position[axis] == shape[axis]; axis--)
            {
                position[axis] = 0;
            }
        }

        return result;
    }
}
