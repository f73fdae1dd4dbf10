using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A tensor in native memory, in pinned managed memory, or on a device. A span of its data is valid until it is disposed.</summary>
public sealed unsafe class OrtValue : IDisposable
{
    /// <summary>Takes over a value that a run made.</summary>
    internal OrtValue(nint value, IDisposable kept)
    {
        Handle = new OrtHandle(typeof(OrtValue), value, OrtApi.ReleaseValue, kept);
        int type;
        OrtStatus.Check(OrtApi.GetValueType(value, &type));
        OnnxType = (OnnxValueType)type;
    }

    private OrtValue(OrtHandle tensor)
    {
        Handle = tensor;
        OnnxType = OnnxValueType.ONNX_TYPE_TENSOR;
    }

    public OnnxValueType OnnxType { get; }

    public bool IsTensor => OnnxType == OnnxValueType.ONNX_TYPE_TENSOR;

    internal OrtHandle Handle { get; }

    public static OrtValue CreateTensorValueFromMemory<T>(T[] data, long[] shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        return CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data.AsMemory(), shape);
    }

    /// <summary>Pins <paramref name="memory"/> until the value is disposed; nothing is copied.</summary>
    public static OrtValue CreateTensorValueFromMemory<T>(OrtMemoryInfo memoryInfo, Memory<T> memory, long[] shape)
        where T : unmanaged
    {
        TensorElementType elementType = ElementTypes.Of<T>();
        MemoryHandle pin = memory.Pin();
        try
        {
            return Create(memoryInfo, elementType, shape, pin.Pointer, (long)memory.Length * sizeof(T), pin);
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    /// <summary>Wraps memory that the caller keeps valid until the value is disposed.</summary>
    public static OrtValue CreateTensorValueWithData(
        OrtMemoryInfo memInfo, TensorElementType elementType, long[] shape, nint dataBufferPtr, long bufferLengthInBytes) =>
        Create(memInfo, elementType, shape, (void*)dataBufferPtr, bufferLengthInBytes, kept: null);

    public static OrtValue CreateAllocatedTensorValue(OrtAllocator allocator, TensorElementType elementType, long[] shape)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        CountElements(shape);
        using var kept = new SharedReference(allocator.Handle);
        nint created;
        fixed (long* dimensions = shape)
        {
            OrtStatus.Check(OrtApi.CreateTensorAsOrtValue(
                kept.Pointer, dimensions, (nuint)shape.Length, (int)elementType, &created));
        }

        return new OrtValue(new OrtHandle(typeof(OrtValue), created, OrtApi.ReleaseValue, kept.Retain()));
    }

    public ReadOnlySpan<T> GetTensorDataAsSpan<T>()
        where T : unmanaged => GetTensorMutableDataAsSpan<T>();

    /// <summary>The data itself. Memory of a device must not be touched: see <see cref="GetTensorMemoryInfo"/>.</summary>
    public Span<T> GetTensorMutableDataAsSpan<T>()
        where T : unmanaged
    {
        OrtTensorTypeAndShapeInfo info = GetTensorTypeAndShape();
        TensorElementType requested = ElementTypes.Of<T>();
        if (requested != info.ElementDataType)
        {
            throw new OnnxRuntimeException(
                ErrorCode.InvalidArgument, $"The tensor holds {info.ElementDataType}, the span was asked for as {requested}.");
        }

        return MemoryMarshal.CreateSpan(ref *(T*)GetData(), checked((int)info.ElementCount));
    }

    public Span<byte> GetTensorMutableRawData()
    {
        OrtTensorTypeAndShapeInfo info = GetTensorTypeAndShape();
        int elementBytes = ElementTypes.SizeInBytes(info.ElementDataType);
        return new Span<byte>(GetData(), checked((int)(info.ElementCount * elementBytes)));
    }

    public OrtTensorTypeAndShapeInfo GetTensorTypeAndShape()
    {
        using Lease value = UseTensor();
        nint info;
        OrtStatus.Check(OrtApi.GetTensorTypeAndShape(value.Pointer, &info));
        try
        {
            return new OrtTensorTypeAndShapeInfo(info);
        }
        finally
        {
            OrtApi.ReleaseTensorTypeAndShapeInfo(info);
        }
    }

    public OrtMemoryInfo GetTensorMemoryInfo()
    {
        using Lease value = UseTensor();
        nint info;
        OrtStatus.Check(OrtApi.GetTensorMemoryInfo(value.Pointer, &info));
        return OrtMemoryInfo.View(info, Handle);
    }

    public void Dispose() => Handle.Dispose();

    private static OrtValue Create(
        OrtMemoryInfo memoryInfo, TensorElementType elementType, long[] shape, void* data, long dataBytes, IDisposable? kept)
    {
        ArgumentNullException.ThrowIfNull(memoryInfo);
        long needed = checked(CountElements(shape) * ElementTypes.SizeInBytes(elementType));
        if (needed > dataBytes)
        {
            throw new OnnxRuntimeException(
                ErrorCode.InvalidArgument,
                $"A {elementType} tensor of shape [{string.Join(", ", shape)}] needs {needed} bytes, the memory has {dataBytes}.");
        }

        using Lease info = memoryInfo.Handle.Use();
        nint created;
        fixed (long* dimensions = shape)
        {
            OrtStatus.Check(OrtApi.CreateTensorWithDataAsOrtValue(
                info.Pointer, data, (nuint)dataBytes, dimensions, (nuint)shape.Length, (int)elementType, &created));
        }

        return new OrtValue(new OrtHandle(typeof(OrtValue), created, OrtApi.ReleaseValue, kept));
    }

    private static long CountElements(long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long count = 1;
        foreach (long dimension in shape)
        {
            if (dimension < 0)
            {
                throw new OnnxRuntimeException(
                    ErrorCode.InvalidArgument, $"Shape [{string.Join(", ", shape)}] has a negative dimension.");
            }

            count = checked(count * dimension);
        }

        return count;
    }

    private void* GetData()
    {
        using Lease value = Handle.Use();
        void* data;
        OrtStatus.Check(OrtApi.GetTensorMutableData(value.Pointer, &data));
        return data;
    }

    private Lease UseTensor() => IsTensor
        ? Handle.Use()
        : throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"The value is {OnnxType}, not a tensor.");
}
