using System.Collections;
using TorchSharp.Raw;

#pragma warning disable CA2201 // IndexOutOfRangeException is what the original package throws

namespace TorchSharp.Utils;

/// <summary>The values of a tensor in row-major order, whatever its strides. Every access holds the memory while it runs.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;
    private readonly nint data;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
        Native.Check(Native.dt_data(tensor.Handle, out data));
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get
        {
            using Hold hold = new(tensor);
            return ((T*)data)[Offset(indices)];
        }

        set
        {
            using Hold hold = new(tensor);
            ((T*)data)[Offset(indices)] = value;
        }
    }

    public T[] ToArray()
    {
        T[] array = new T[Count];
        CopyTo(array);
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        using Hold hold = new(tensor);
        int length = Length(array.Length, arrayIndex, tensorIndex);
        if (contiguous)
        {
            new ReadOnlySpan<T>((T*)data + tensorIndex, length).CopyTo(array[arrayIndex..]);
            return;
        }

        // libtorch packs in parallel and by blocks: far faster than striding here, element by element.
        Native.Check(Native.dt_contiguous(tensor.Handle, out NewTensor result));
        using TensorHandle packed = new(result);
        Native.Check(Native.dt_data(packed, out nint packedData));
        new ReadOnlySpan<T>((T*)packedData + tensorIndex, length).CopyTo(array[arrayIndex..]);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        using Hold hold = new(tensor);
        int length = Length(array.Length, arrayIndex, tensorIndex);
        if (contiguous)
        {
            array.Slice(arrayIndex, length).CopyTo(new Span<T>((T*)data + tensorIndex, length));
            return;
        }

        for (int i = 0; i < length; i++)
        {
            ((T*)data)[Offset(tensorIndex + i)] = array[arrayIndex + i];
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
    }

    private int Length(int arrayLength, int arrayIndex, long tensorIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(arrayIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arrayIndex, arrayLength);
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tensorIndex, Count);
        return (int)Math.Min(arrayLength - arrayIndex, Count - tensorIndex);
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            return indices[0] >= 0 && indices[0] < Count
                ? Offset(indices[0])
                : throw new IndexOutOfRangeException($"Index {indices[0]} of {Count} elements.");
        }

        if (indices.Length != shape.Length)
        {
            throw new ArgumentException($"{indices.Length} indices for a tensor of {shape.Length} dimensions.", nameof(indices));
        }

        long offset = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= shape[i])
            {
                throw new IndexOutOfRangeException($"Index {indices[i]} of {shape[i]} in dimension {i}.");
            }

            offset += indices[i] * strides[i];
        }

        return offset;
    }

    private long Offset(long index)
    {
        if (contiguous)
        {
            return index;
        }

        long offset = 0;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            (index, long position) = Math.DivRem(index, shape[i]);
            offset += position * strides[i];
        }

        return offset;
    }

    /// <summary>Refuses a disposed tensor, and keeps another thread from freeing this one in the middle of an access.</summary>
    private readonly ref struct Hold
    {
        private readonly TensorHandle handle;

        public Hold(torch.Tensor tensor)
        {
            handle = tensor.Handle;
            bool held = false;
            handle.DangerousAddRef(ref held);
        }

        public void Dispose() => handle.DangerousRelease();
    }
}
