using DiTask.Model.Onnx;
using DiTask.Model.Onnx.Proto;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using DiTask.Model.Inference;

namespace DiTask.Model.Tests.Inference;

public class RunFailuresTests
{
    [Theory]
    [InlineData("BFCArena::AllocateRawInternal Available memory of 34699008 is smaller than requested bytes of 945041920")]
    [InlineData("Non-zero status code returned while running MatMul node. Failed to allocate memory for requested buffer of size 5000")]
    [InlineData("CUDA failure 2: out of memory ; GPU=0 ; hostname=h ; expr=cudaMalloc((void**)&p, size);")]
    [InlineData("CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0 ; hostname=h")]
    [InlineData("std::bad_alloc")]
    public void Classify_AllocatorsWords_IsOutOfMemory(string message) =>
        Assert.Equal(RunFailure.OutOfMemory, RunFailures.Classify(new InvalidOperationException(message)));

    [Fact]
    public void Classify_ManagedOutOfMemory_IsOutOfMemory() => Assert.Equal(RunFailure.OutOfMemory, RunFailures.Classify(new InsufficientMemoryException()));

    /// <summary>The words are ONNX Runtime's own: a version that changes them fails here.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Classify_RuntimeWithoutTheMemory_IsOutOfMemory(bool arena)
    {
        // 4 TiB of zeros.
        OnnxRuntimeException error = FailureOf([1L << 40], arena);

        Assert.Equal(RunFailure.OutOfMemory, RunFailures.Classify(error));
    }

    [Fact]
    public void Classify_RuntimeRefusesTheInput_IsOther() => Assert.Equal(RunFailure.Other, RunFailures.Classify(FailureOf([1, 1], arena: true)));

    [Fact]
    public void Classify_CauseInside_IsFound() => Assert.Equal(
        RunFailure.OutOfMemory, RunFailures.Classify(new InvalidOperationException("The run failed.", new InvalidOperationException("std::bad_alloc"))));

    [Theory]
    [InlineData("CUDA failure 700: an illegal memory access was encountered ; GPU=0 ; hostname=h ; expr=cudaStreamSynchronize(stream);")]
    [InlineData("CUDA failure 719: unspecified launch failure ; GPU=0")]
    [InlineData("CUDA failure 46: all CUDA-capable devices are busy or unavailable ; GPU=0")]
    [InlineData("CUDA failure 999: unknown error ; GPU=0 ; out of memory")]
    [InlineData("WebGPU device lost (1): a reason")]
    public void Classify_DeviceGone_IsDeviceLost(string message) =>
        Assert.Equal(RunFailure.DeviceLost, RunFailures.Classify(new InvalidOperationException(message)));

    [Theory]
    [InlineData("Got invalid dimensions for input: image")]
    [InlineData("CUDA failure 1: invalid argument ; GPU=0")]
    [InlineData("CUDA failure 7000: not a code of this kind")]
    [InlineData("")]
    public void Classify_AnythingElse_IsOther(string message) => Assert.Equal(RunFailure.Other, RunFailures.Classify(new InvalidOperationException(message)));

    // A graph that makes an array as long as its input says.
    private static OnnxRuntimeException FailureOf(long[] shape, bool arena)
    {
        GraphProto graph = new()
        {
            Name = "zeros",
            Input = { OnnxModel.Declare("shape", TensorProto.Types.DataType.Int64, [1]) },
            Node = { new NodeProto { OpType = "ConstantOfShape", Input = { "shape" }, Output = { "zeros" } } },
            Output = { OnnxModel.Declare("zeros", TensorProto.Types.DataType.Float, [-1]) },
        };
        using SessionOptions options = new() { EnableCpuMemArena = arena, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using InferenceSession session = new(OnnxModel.Wrap(graph).ToByteArray(), options);
        using RunOptions run = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(shape, [shape.Length]);
        return Assert.Throws<OnnxRuntimeException>(() => session.Run(run, ["shape"], [input], ["zeros"]).Dispose());
    }
}
