using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiTask.Compat.Tests.OnnxRuntime;

public sealed class OrtValueTests
{
    [Fact]
    public void CreateTensorValueFromMemory_EveryElementType_PassesThroughAModel()
    {
        PassThrough<float>(TensorElementType.Float, 1.5f, -2);
        PassThrough<double>(TensorElementType.Double, 1.5, double.MaxValue);
        PassThrough<long>(TensorElementType.Int64, long.MinValue, 7);
        PassThrough<int>(TensorElementType.Int32, int.MinValue, 7);
        PassThrough<short>(TensorElementType.Int16, short.MinValue, 7);
        PassThrough<sbyte>(TensorElementType.Int8, -128, 7);
        PassThrough<ulong>(TensorElementType.UInt64, ulong.MaxValue, 7);
        PassThrough<uint>(TensorElementType.UInt32, uint.MaxValue, 7);
        PassThrough<ushort>(TensorElementType.UInt16, ushort.MaxValue, 7);
        PassThrough<byte>(TensorElementType.UInt8, 255, 7);
        PassThrough<bool>(TensorElementType.Bool, true, false);
        PassThrough(TensorElementType.Float16, (Float16)1.5f, (Float16)(-65504f));
    }

    [Fact]
    public void CreateTensorValueFromMemory_Array_SharesItsMemory()
    {
        float[] data = [1, 2, 3, 4, 5, 6];
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(data, [2, 3]);

        value.GetTensorMutableDataAsSpan<float>()[5] = 60;
        data[0] = 10;

        Assert.Equal(60, data[5]);
        Assert.Equal(10, value.GetTensorDataAsSpan<float>()[0]);
    }

    [Fact]
    public void CreateTensorValueFromMemory_Slice_StartsAtTheSlice()
    {
        float[] data = [1, 2, 3, 4, 5, 6];

        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data.AsMemory(2), [3]);

        Assert.Equal([3f, 4f, 5f], value.GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void CreateTensorValueFromMemory_CollectionsWhileInUse_MemoryStaysInPlace()
    {
        OrtValue value = CreateOverUnreferencedArray();
        for (int i = 0; i < 5; i++)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            _ = new float[1000];
        }

        Assert.All(value.GetTensorDataAsSpan<float>().ToArray(), number => Assert.Equal(42, number));
        value.Dispose();
    }

    [Fact]
    public void CreateTensorValueFromMemory_ShapeLargerThanMemory_ThrowsInvalidArgument()
    {
        var error = Assert.Throws<OnnxRuntimeException>(() => OrtValue.CreateTensorValueFromMemory(new float[5], [2, 3]));

        Assert.StartsWith("[ErrorCode:InvalidArgument]", error.Message, StringComparison.Ordinal);
        Assert.Contains("needs 24 bytes, the memory has 20", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateTensorValueFromMemory_NegativeDimension_ThrowsInvalidArgument() =>
        Assert.Throws<OnnxRuntimeException>(() => OrtValue.CreateTensorValueFromMemory(new float[5], [-1, 5]));

    [Fact]
    public void CreateTensorValueFromMemory_ElementCountOverflows_Throws() =>
        Assert.Throws<OverflowException>(() => OrtValue.CreateTensorValueFromMemory(new float[5], [1L << 40, 1L << 40]));

    [Fact]
    public void CreateTensorValueFromMemory_TypeWithoutElementType_ThrowsInvalidArgument() =>
        Assert.Throws<OnnxRuntimeException>(() => OrtValue.CreateTensorValueFromMemory(new decimal[1], [1]));

    [Fact]
    public void CreateAllocatedTensorValue_ScalarAndMatrix_HaveTheirShape()
    {
        using OrtValue scalar = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Int64, []);
        using OrtValue matrix = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Int64, [2, 3]);

        scalar.GetTensorMutableDataAsSpan<long>()[0] = 9;

        Assert.Equal(9, Assert.Single(scalar.GetTensorDataAsSpan<long>().ToArray()));
        Assert.Empty(scalar.GetTensorTypeAndShape().Shape);
        Assert.Equal([2, 3], matrix.GetTensorTypeAndShape().Shape);
        Assert.Equal(2, matrix.GetTensorTypeAndShape().DimensionsCount);
        Assert.Equal(6, matrix.GetTensorTypeAndShape().ElementCount);
        Assert.Equal(48, matrix.GetTensorMutableRawData().Length);
    }

    [Fact]
    public void CreateAllocatedTensorValue_MoreMemoryThanThereIs_Throws() =>
        Assert.Throws<OnnxRuntimeException>(() => OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, TensorElementType.Float, [1L << 45]));

    [Fact]
    public void CreateTensorValueWithData_NativeMemory_IsUsedInPlace()
    {
        nint data = Marshal.AllocHGlobal(3 * sizeof(float));
        try
        {
            using OrtValue value = OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, TensorElementType.Float, [3], data, 3 * sizeof(float));
            Marshal.Copy([1f, 20, 3], 0, data, 3);

            Assert.Equal([1f, 20f, 3f], value.GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            Marshal.FreeHGlobal(data);
        }
    }

    [Fact]
    public void GetTensorDataAsSpan_OtherElementType_ThrowsInvalidArgumentThatNamesBoth()
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(new float[2], [2]);

        var error = Assert.Throws<OnnxRuntimeException>(() => value.GetTensorDataAsSpan<int>().Length);

        Assert.StartsWith("[ErrorCode:InvalidArgument]", error.Message, StringComparison.Ordinal);
        Assert.Contains("Float", error.Message, StringComparison.Ordinal);
        Assert.Contains("Int32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetTensorMemoryInfo_ManagedMemory_IsCpu()
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(new float[2], [2]);

        using OrtMemoryInfo info = value.GetTensorMemoryInfo();

        Assert.Equal("Cpu", info.Name);
        Assert.Equal(0, info.Id);
        Assert.Equal(OrtAllocatorType.DeviceAllocator, info.GetAllocatorType());
        Assert.Equal(OrtMemType.Cpu, info.GetMemoryType());
        Assert.Equal(OrtMemoryInfo.DefaultInstance, info);
        Assert.Equal(OrtMemoryInfo.DefaultInstance.GetHashCode(), info.GetHashCode());
    }

    [Fact]
    public void GetTensorMemoryInfo_ValueDisposedFirst_StaysReadable()
    {
        OrtValue value = OrtValue.CreateTensorValueFromMemory(new float[2], [2]);
        using OrtMemoryInfo info = value.GetTensorMemoryInfo();

        value.Dispose();

        Assert.Equal("Cpu", info.Name);
    }

    [Fact]
    public void MemoryInfo_OfADevice_KeepsWhatItWasMadeWith()
    {
        using var info = new OrtMemoryInfo("Cuda", OrtAllocatorType.DeviceAllocator, 1, OrtMemType.Default);

        Assert.Equal("Cuda", info.Name);
        Assert.Equal(1, info.Id);
        Assert.Equal(OrtMemType.Default, info.GetMemoryType());
        Assert.NotEqual(OrtMemoryInfo.DefaultInstance, info);
    }

    [Fact]
    public void Allocator_OfASession_MakesValues()
    {
        using var session = new InferenceSession(OnnxModels.Affine());
        using var allocator = new OrtAllocator(session, OrtMemoryInfo.DefaultInstance);
        using OrtMemoryInfo info = allocator.Info;
        using OrtValue value = OrtValue.CreateAllocatedTensorValue(allocator, TensorElementType.Float, [1, 3]);

        allocator.Dispose();
        session.Dispose();
        value.GetTensorMutableDataAsSpan<float>().Fill(1);

        Assert.Equal("Cpu", info.Name);
        Assert.Equal([1f, 1f, 1f], value.GetTensorDataAsSpan<float>().ToArray());
    }

    private static OrtValue CreateOverUnreferencedArray()
    {
        float[] data = new float[1000];
        Array.Fill(data, 42);
        return OrtValue.CreateTensorValueFromMemory(data, [1000]);
    }

    private static void PassThrough<T>(TensorElementType elementType, T first, T second)
        where T : unmanaged
    {
        using var session = new InferenceSession(OnnxModels.Identity(elementType));
        using OrtValue x = OrtValue.CreateTensorValueFromMemory([first, second], [2]);
        Assert.Equal(elementType, x.GetTensorTypeAndShape().ElementDataType);
        Assert.Equal(typeof(T), session.InputMetadata["x"].ElementType);

        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(null!, ["x"], [x], ["y"]);

        Assert.Equal([first, second], results[0].GetTensorDataAsSpan<T>().ToArray());
    }
}
