using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace DiTask.Compat.Tests.OnnxRuntime;

public sealed class SessionOptionsTests
{
    [Fact]
    public void Properties_Set_ReadBackAndSessionRuns()
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 2,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC,
            ExecutionMode = ExecutionMode.ORT_PARALLEL,
            EnableMemoryPattern = false,
            EnableCpuMemArena = false,
            LogId = "session ä",
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            LogVerbosityLevel = 1,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddFreeDimensionOverrideByName("N", 2);
        options.AppendExecutionProvider_CPU(0);

        using var session = new InferenceSession(OnnxModels.Affine(), options);

        Assert.Equal(2, options.IntraOpNumThreads);
        Assert.Equal(1, options.InterOpNumThreads);
        Assert.Equal(GraphOptimizationLevel.ORT_ENABLE_BASIC, options.GraphOptimizationLevel);
        Assert.Equal(ExecutionMode.ORT_PARALLEL, options.ExecutionMode);
        Assert.False(options.EnableMemoryPattern);
        Assert.False(options.EnableCpuMemArena);
        Assert.Equal("session ä", options.LogId);
        Assert.Equal(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, options.LogSeverityLevel);
        Assert.Equal(1, options.LogVerbosityLevel);
        Assert.Equal([2, 3], session.InputMetadata["x"].Dimensions);
    }

    [Fact]
    public void OptimizedModelFilePath_SessionMade_WritesAModelThatLoads()
    {
        string path = Path.Combine(Path.GetTempPath(), $"optimized-{Guid.NewGuid():N}.onnx");
        try
        {
            using var options = new SessionOptions { OptimizedModelFilePath = path };
            using var session = new InferenceSession(OnnxModels.Affine(), options);
            using var again = new InferenceSession(path);

            Assert.Equal(path, options.OptimizedModelFilePath);
            Assert.Equal(["y"], again.OutputNames);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void AppendExecutionProviderCuda_LibraryMissing_ThrowsAndOptionsStayUsable()
    {
        using var options = new SessionOptions();

        var error = Assert.Throws<OnnxRuntimeException>(() => options.AppendExecutionProvider_CUDA(0));

        Assert.Contains("libonnxruntime_providers", error.Message, StringComparison.Ordinal);
        using var session = new InferenceSession(OnnxModels.Affine(), options);
        Assert.Equal(["x"], session.InputNames);
    }

    [Fact]
    public void AppendExecutionProviderCuda_WithOptions_LibraryMissing_Throws()
    {
        using var options = new SessionOptions();

        Assert.Throws<OnnxRuntimeException>(() =>
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(new Dictionary<string, string> { ["device_id"] = "0", ["gpu_mem_limit"] = "1000000" });
            Assert.Contains("device_id", cuda.GetOptions(), StringComparison.Ordinal);
            options.AppendExecutionProvider_CUDA(cuda);
        });
    }

    [Fact]
    public void MakeSessionOptionWithCudaProvider_LibraryMissing_Throws() =>
        Assert.Throws<OnnxRuntimeException>(() => SessionOptions.MakeSessionOptionWithCudaProvider(0));

    [Fact]
    public void AppendExecutionProvider_UnknownName_ThrowsAndNamesIt()
    {
        using var options = new SessionOptions();

        var error = Assert.Throws<OnnxRuntimeException>(() => options.AppendExecutionProvider("NoSuchProvider"));

        Assert.Contains("NoSuchProvider", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AppendExecutionProvider_WebGpuWithoutVulkan_ThrowsAndNamesWhatIsMissing()
    {
        bool hasVulkan = NativeLibrary.TryLoad("libvulkan.so.1", out _);
        using var options = new SessionOptions();

        Exception? error = Record.Exception(() =>
            options.AppendExecutionProvider("WebGPU", new Dictionary<string, string> { ["preferredLayout"] = "NCHW" }));

        if (!hasVulkan)
        {
            Assert.Contains("libvulkan.so.1", Assert.IsType<OnnxRuntimeException>(error).Message, StringComparison.Ordinal);
        }
        else if (error is not null)
        {
            Assert.DoesNotContain("Unknown provider", Assert.IsType<OnnxRuntimeException>(error).Message, StringComparison.Ordinal);
        }
    }
}
