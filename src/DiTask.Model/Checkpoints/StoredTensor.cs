using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DiTask.Model.Checkpoints;

/// <summary>A tensor in a checkpoint. Its bytes are read when they are asked for, and not kept.</summary>
/// <remarks><b>Shapes:</b> row-major, slowest axis first, whatever the strides in the file; a scalar has an empty shape and one value.</remarks>
public sealed class StoredTensor
{
    private const int ChunkBytes = 1 << 16;

    private readonly StorageRegion region;
    private readonly ElementType element;
    private readonly long firstElement;
    private readonly long[] strides;

    private StoredTensor(string name, StorageRegion region, ElementType element, int[] shape, long count, long firstElement, long[] strides)
    {
        Name = name;
        Shape = shape;
        Count = count;
        this.region = region;
        this.element = element;
        this.firstElement = firstElement;
        this.strides = strides;
    }

    /// <summary>Key in the state dict, without a <c>module.</c> prefix.</summary>
    public string Name { get; }

    /// <summary>Element type in the file.</summary>
    public TensorType Type => element.Type;

    /// <summary>Element type as PyTorch prints it, such as <c>float32</c>.</summary>
    public string TypeName => element.Name;

    /// <summary>Sizes, slowest axis first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>Bytes of the elements in the file.</summary>
    public long Bytes => Count * element.Bytes;

    /// <summary>The values as float32, row-major.</summary>
    /// <exception cref="CheckpointException">The type is one that is only listed, or the bytes cannot be read or fail their checksum.</exception>
    public float[] ReadSingles() => Read<float>();

    /// <summary>The values as float64, row-major.</summary>
    /// <exception cref="CheckpointException">The type is one that is only listed, or the bytes cannot be read or fail their checksum.</exception>
    public double[] ReadDoubles() => Read<double>();

    /// <summary>Checks that the view lies inside its storage, which lies inside the file.</summary>
    internal static StoredTensor Create(
        string name, StorageRegion region, ElementType element, IReadOnlyList<long> shape, long firstElement, IReadOnlyList<long> strides)
    {
        CheckpointException Fail(string problem, string expected, string found) => region.Source.Fail(problem, region.Offset, name, expected, found);

        long available = region.Length / element.Bytes;
        if (shape.Count != strides.Count || shape.Count > 16)
        {
            throw Fail("its sizes and strides do not fit", "as many strides as sizes, at most 16", $"{strides.Count} strides, {shape.Count} sizes");
        }

        string sizes = $"sizes [{string.Join(',', shape)}]";
        foreach (long size in shape)
        {
            if (size is < 0 or > int.MaxValue)
            {
                throw Fail("a size is out of range", $"0 to {int.MaxValue}", sizes);
            }
        }

        // A product that passes every step below is at most the number of elements in the file, so it cannot overflow.
        long count = 1;
        if (shape.Contains(0))
        {
            count = 0;
        }

        foreach (long size in shape)
        {
            if (count > 0 && size > available / count)
            {
                // An expanded view (stride 0) has more elements than its storage; nothing writes one into a model, and its size would not be bounded by the file's.
                throw Fail("it has more elements than its storage", $"at most {available} elements of {element.Name}", sizes);
            }

            count *= size;
        }

        Int128 last = firstElement;
        for (int axis = 0; axis < shape.Count; axis++)
        {
            if (strides[axis] < 0)
            {
                throw Fail("a stride is negative", "strides of 0 or more", $"[{string.Join(',', strides)}]");
            }

            last += (Int128)(shape[axis] - 1) * strides[axis];
        }

        if (firstElement < 0 || (count > 0 && last >= available))
        {
            throw Fail("it reaches outside its storage", $"elements 0 to {available - 1} of '{region.Name}'", $"{firstElement} to {last}");
        }

        return new StoredTensor(name, region, element, [.. shape.Select(size => (int)size)], count, firstElement, [.. strides]);
    }

    private T[] Read<T>()
        where T : unmanaged, INumberBase<T>
    {
        if (Count > Array.MaxLength)
        {
            throw region.Source.Fail("is too large for one array", region.Offset, Name, $"at most {Array.MaxLength} elements", $"{Count}");
        }

        var values = new T[Count];
        if (Count == 0)
        {
            return values;
        }

        if (IsContiguous())
        {
            ReadRun(firstElement, values);
            return values;
        }

        long last = firstElement;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            last += (Shape[axis] - 1) * strides[axis];
        }

        if (last - firstElement >= Array.MaxLength)
        {
            throw region.Source.Fail("spans too many elements for one array", region.Offset, Name, $"at most {Array.MaxLength}", $"{last - firstElement + 1}");
        }

        var span = new T[last - firstElement + 1];
        ReadRun(firstElement, span);
        Gather(span, values);
        return values;
    }

    private bool IsContiguous()
    {
        long expected = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            if (Shape[axis] != 1 && strides[axis] != expected)
            {
                return false;
            }

            expected *= Shape[axis];
        }

        return true;
    }

    private void ReadRun<T>(long first, Span<T> values)
        where T : unmanaged, INumberBase<T>
    {
        bool whole = region.Crc32 is not null && first == 0 && (long)values.Length * element.Bytes == region.Length;
        Crc32 checksum = new();
        long offset = region.Offset + first * element.Bytes;
        byte[] chunk = new byte[ChunkBytes];
        int perChunk = ChunkBytes / element.Bytes;
        for (int done = 0; done < values.Length; done += perChunk)
        {
            int count = Math.Min(perChunk, values.Length - done);
            Span<byte> bytes = chunk.AsSpan(0, count * element.Bytes);
            region.Source.Read(offset + (long)done * element.Bytes, bytes);
            if (whole)
            {
                checksum.Append(bytes);
            }

            Convert(bytes, values.Slice(done, count));
        }

        uint crc = checksum.GetCurrentHashAsUInt32();
        if (whole && crc != region.Crc32)
        {
            throw region.Source.Fail(
                $"the bytes of '{region.Name}' do not have their checksum: the file is damaged, or was written with checksums switched off",
                region.Offset, Name, $"CRC-32 {region.Crc32:x8}", $"{crc:x8}");
        }
    }

    private void Convert<T>(ReadOnlySpan<byte> bytes, Span<T> values)
        where T : unmanaged, INumberBase<T>
    {
        switch (element.Type)
        {
            case TensorType.Float32:
                Cast<float, T>(bytes, values);
                break;
            case TensorType.Float64:
                Cast<double, T>(bytes, values);
                break;
            case TensorType.Float16:
                Cast<Half, T>(bytes, values);
                break;
            case TensorType.BFloat16:
                ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = T.CreateTruncating(BitConverter.UInt32BitsToSingle((uint)halves[i] << 16));
                }

                break;
            case TensorType.Int8:
                Cast<sbyte, T>(bytes, values);
                break;
            case TensorType.Int16:
                Cast<short, T>(bytes, values);
                break;
            case TensorType.Int32:
                Cast<int, T>(bytes, values);
                break;
            case TensorType.Int64:
                Cast<long, T>(bytes, values);
                break;
            case TensorType.UInt8:
                Cast<byte, T>(bytes, values);
                break;
            case TensorType.Bool:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = bytes[i] == 0 ? T.Zero : T.One;
                }

                break;
            default:
                throw region.Source.Fail("has an element type that is not read", region.Offset, Name, "a float, an integer or a boolean", element.Name);
        }
    }

    private static void Cast<TFrom, TTo>(ReadOnlySpan<byte> bytes, Span<TTo> values)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        ReadOnlySpan<TFrom> from = MemoryMarshal.Cast<byte, TFrom>(bytes);
        if (typeof(TFrom) == typeof(TTo))
        {
            MemoryMarshal.Cast<TFrom, TTo>(from).CopyTo(values);
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = TTo.CreateTruncating(from[i]);
        }
    }

    private void Gather<T>(ReadOnlySpan<T> span, Span<T> values)
    {
        int rank = Shape.Count;
        int[] index = new int[rank];
        long at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = span[(int)at];
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                at += strides[axis];
                if (++index[axis] < Shape[axis])
                {
                    break;
                }

                at -= strides[axis] * Shape[axis];
                index[axis] = 0;
            }
        }
    }
}
