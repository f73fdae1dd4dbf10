using Microsoft.ML.OnnxRuntime;

namespace DiTask.Model.Inference;

/// <summary>Where the graphs run, and where the features stay between trunk and branches.</summary>
internal sealed class ExecutionProvider : IDisposable
{
    private ExecutionProvider(string name, string? notice, SessionOptions options, OrtMemoryInfo featureMemory)
    {
        Name = name;
        Notice = notice;
        Options = options;
        FeatureMemory = featureMemory;
    }

    /// <summary>cpu, cuda or webgpu.</summary>
    public string Name { get; }

    /// <summary>Why it is not the one that was asked for; null when it is.</summary>
    public string? Notice { get; }

    /// <summary>Options of every session.</summary>
    public SessionOptions Options { get; }

    /// <summary>Memory of the trunk's outputs.</summary>
    public OrtMemoryInfo FeatureMemory { get; }

    /// <summary>Sets the provider up. <c>auto</c> falls back to the CPU and says why; any other name must work.</summary>
    /// <exception cref="ArgumentException">An unknown name.</exception>
    /// <exception cref="OnnxRuntimeException">The provider cannot be loaded.</exception>
    public static ExecutionProvider Create(SessionSettings settings) => settings.Provider switch
    {
        "cpu" => new ExecutionProvider("cpu", null, BaseOptions(settings), OrtMemoryInfo.DefaultInstance),
        "cuda" => Cuda(settings),
        "webgpu" => WebGpu(settings),
        "auto" => Auto(settings),
        _ => throw new ArgumentException($"Unknown provider '{settings.Provider}'. Known: cpu, cuda, webgpu, auto.", nameof(settings)),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Options.Dispose();
        if (!ReferenceEquals(FeatureMemory, OrtMemoryInfo.DefaultInstance))
        {
            FeatureMemory.Dispose();
        }
    }

    private static ExecutionProvider Auto(SessionSettings settings)
    {
        try
        {
            return Cuda(settings);
        }
        catch (OnnxRuntimeException error)
        {
            string reason = error.Message.Split('\n')[0];
            return new ExecutionProvider("cpu", $"CUDA cannot be loaded, running on the CPU: {reason}", BaseOptions(settings), OrtMemoryInfo.DefaultInstance);
        }
    }

    private static ExecutionProvider Cuda(SessionSettings settings)
    {
        SessionOptions options = BaseOptions(settings);
        try
        {
            options.AppendExecutionProvider_CUDA(settings.DeviceId);
            return new ExecutionProvider("cuda", null, options, new OrtMemoryInfo("Cuda", OrtAllocatorType.DeviceAllocator, settings.DeviceId, OrtMemType.Default));
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    // ONNX Runtime's WebGPU allocator is bound to one session, so features pass between sessions through host memory.
    private static ExecutionProvider WebGpu(SessionSettings settings)
    {
        SessionOptions options = BaseOptions(settings);
        try
        {
            options.AppendExecutionProvider("WebGPU", []);
            return new ExecutionProvider("webgpu", null, options, OrtMemoryInfo.DefaultInstance);
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    private static SessionOptions BaseOptions(SessionSettings settings)
    {
        SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = settings.Threads,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Idle threads that spin take a fifth of the machine from decoding and encoding (docs/benchmarks.md).
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
