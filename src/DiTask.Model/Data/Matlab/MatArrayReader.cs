using System.Buffers.Binary;
using System.Text;

namespace DiTask.Model.Data.Matlab;

/// <summary>Reads the parts of one array of a MATLAB file.</summary>
internal static class MatArrayReader
{
    private const int MaxDepth = 16;
    private const int MaxDimensions = 32;

    // A structure's field needs at least its tag.
    private const int LeastItemBytes = 8;

    private const int CellClass = 1;
    private const int StructureClass = 2;
    private const int TextClass = 4;
    private const int FirstNumberClass = 6;
    private const int LastNumberClass = 15;
    private const int Utf8 = 16;

    /// <exception cref="InvalidDataException">The array is damaged.</exception>
    public static (string Name, MatArray Array) Read(ReadOnlySpan<byte> data, bool littleEndian, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException($"arrays are nested deeper than {MaxDepth}");
        }

        // MATLAB writes an empty cell as an array without any bytes.
        if (data.IsEmpty)
        {
            return ("", MatArray.Empty);
        }

        MatCursor cursor = new(data, littleEndian);
        double[] flags = Numbers(cursor.Next(padded: true), littleEndian);
        int kind = flags.Length > 0 ? (int)flags[0] & 0xFF : 0;
        int[] dimensions = [.. Numbers(cursor.Next(padded: true), littleEndian).Select(size => size is >= 0 and <= int.MaxValue ? (int)size : throw new InvalidDataException($"an array has the size {size}"))];
        string name = Encoding.Latin1.GetString(cursor.Next(padded: true).Data);
        long count = Count(dimensions, name);
        switch (kind)
        {
            case CellClass:
                return (name, MatArray.OfItems(MatKind.Cells, dimensions, [], Items(ref cursor, count, littleEndian, depth)));
            case StructureClass:
                string[] fields = Fields(ref cursor, littleEndian);
                return (name, MatArray.OfItems(MatKind.Structure, dimensions, fields, Items(ref cursor, count * fields.Length, littleEndian, depth)));
            case TextClass or (>= FirstNumberClass and <= LastNumberClass):
                MatElement element = cursor.Next(padded: true);
                double[] numbers = kind == TextClass && element.Type == Utf8
                    ? [.. Encoding.UTF8.GetString(element.Data).Select(letter => (double)letter)]
                    : Numbers(element, littleEndian);
                return numbers.Length == count || kind == TextClass
                    ? (name, MatArray.OfNumbers(kind == TextClass ? MatKind.Text : MatKind.Numbers, dimensions, numbers))
                    : throw new InvalidDataException($"'{name}': expected {string.Join("x", dimensions)} numbers; found {numbers.Length}");
            default:
                return (name, MatArray.OfNumbers(MatKind.Other, dimensions, []));
        }
    }

    private static long Count(int[] dimensions, string name)
    {
        if (dimensions.Length is < 2 or > MaxDimensions)
        {
            throw new InvalidDataException($"'{name}': expected 2 to {MaxDimensions} dimensions; found {dimensions.Length}");
        }

        long count = 1;
        foreach (int size in dimensions)
        {
            count *= size;
            if (count > int.MaxValue)
            {
                throw new InvalidDataException($"'{name}': {string.Join("x", dimensions)} elements are too many");
            }
        }

        return count;
    }

    private static string[] Fields(ref MatCursor cursor, bool littleEndian)
    {
        double[] length = Numbers(cursor.Next(padded: true), littleEndian);
        ReadOnlySpan<byte> names = cursor.Next(padded: true).Data;
        if (length is not [>= 1 and <= 1024] || names.Length % (int)length[0] != 0)
        {
            throw new InvalidDataException($"names of fields in {names.Length} bytes, {string.Join(", ", length)} each");
        }

        string[] fields = new string[names.Length / (int)length[0]];
        for (int i = 0; i < fields.Length; i++)
        {
            ReadOnlySpan<byte> name = names.Slice(i * (int)length[0], (int)length[0]);
            int end = name.IndexOf((byte)0);
            fields[i] = Encoding.Latin1.GetString(end < 0 ? name : name[..end]);
        }

        return fields;
    }

    private static MatArray[] Items(ref MatCursor cursor, long count, bool littleEndian, int depth)
    {
        if (count > cursor.Left / LeastItemBytes)
        {
            throw new InvalidDataException($"an array claims {count} items; {cursor.Left} bytes are left");
        }

        MatArray[] items = new MatArray[count];
        for (int i = 0; i < items.Length; i++)
        {
            MatElement element = cursor.Next(padded: true);
            items[i] = element.Type == MatCursor.Matrix
                ? Read(element.Data, littleEndian, depth + 1).Array
                : throw new InvalidDataException($"expected an array inside an array; found an element of type {element.Type}");
        }

        return items;
    }

    // An array's numbers may be stored in a narrower type than its own.
    private static double[] Numbers(MatElement element, bool littleEndian)
    {
        int width = element.Type switch
        {
            1 or 2 or Utf8 => 1,
            3 or 4 or 17 => 2,
            5 or 6 or 7 => 4,
            9 or 12 or 13 => 8,
            _ => throw new InvalidDataException($"expected numbers; found an element of type {element.Type}"),
        };
        double[] numbers = new double[element.Data.Length / width];
        Span<byte> bytes = stackalloc byte[8];
        for (int i = 0; i < numbers.Length; i++)
        {
            element.Data.Slice(i * width, width).CopyTo(bytes);
            if (!littleEndian)
            {
                bytes[..width].Reverse();
            }

            numbers[i] = element.Type switch
            {
                1 => (sbyte)bytes[0],
                3 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                4 or 17 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
                5 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                6 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
                7 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                9 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                12 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
                13 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
                _ => bytes[0],
            };
        }

        return numbers;
    }
}
