using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace DiTask.Model.Inference;

/// <summary>Where the graphs run, and where the features stay between trunk and branches.</summary>
internal sealed class ExecutionProvider : IDisposable
{
    private readonly SessionSettings settings;
    private readonly Action<SessionOptions> append;

    static ExecutionProvider() => OrtTelemetry.Disable();

    private ExecutionProvider(string name, SessionSettings settings, Action<SessionOptions> append, OrtMemoryInfo featureMemory)
    {
        Name = name;
        this.settings = settings;
        this.append = append;
        FeatureMemory = featureMemory;
    }

    /// <summary>cpu, cuda or coreml.</summary>
    public string Name { get; }

    /// <summary>Why it is not the one that was asked for; null when it is.</summary>
    public string? Notice { get; private init; }

    /// <summary>Memory of the trunk's outputs.</summary>
    public OrtMemoryInfo FeatureMemory { get; }

    /// <summary>Sets the provider up. <c>auto</c> falls back to the CPU and says why; any other name must work.</summary>
    /// <exception cref="ArgumentException">An unknown name.</exception>
    /// <exception cref="OnnxRuntimeException">The provider cannot be loaded.</exception>
    public static ExecutionProvider Create(SessionSettings settings) => settings.Provider switch
    {
        "cpu" => Cpu(settings, null),
        "cuda" => Loaded(new ExecutionProvider(
            "cuda",
            settings,
            options => AppendCuda(options, settings),
            new OrtMemoryInfo("Cuda", OrtAllocatorType.DeviceAllocator, settings.DeviceId, OrtMemType.Default))),
        // CoreML hands its outputs over in host memory.
        "coreml" => Loaded(new ExecutionProvider("coreml", settings, options => options.AppendExecutionProvider("CoreML"), OrtMemoryInfo.DefaultInstance)),
        "auto" => CudaOrCpu(settings),
        _ => throw new ArgumentException($"Unknown provider '{settings.Provider}'. Known: cpu, cuda, coreml, auto.", nameof(settings)),
    };

    /// <summary>Makes options for one session. The caller disposes them.</summary>
    public SessionOptions NewOptions()
    {
        SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = settings.Threads,
            EnableCpuMemArena = settings.CpuArena,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        try
        {
            // Idle threads that spin take a fifth of the machine from decoding and encoding.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            append(options);
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    /// <summary>The CUDA provider's options, by the names and values that ONNX Runtime knows.</summary>
    /// <exception cref="ArgumentException">An unknown strategy or search.</exception>
    internal static Dictionary<string, string> CudaOptions(SessionSettings settings)
    {
        Dictionary<string, string> options = new()
        {
            ["device_id"] = settings.DeviceId.ToString(CultureInfo.InvariantCulture),
            ["arena_extend_strategy"] = settings.ArenaStrategy switch
            {
                "same-as-requested" => "kSameAsRequested",
                "next-power-of-two" => "kNextPowerOfTwo",
                _ => throw new ArgumentException($"Unknown arena strategy '{settings.ArenaStrategy}'. Known: same-as-requested, next-power-of-two.", nameof(settings)),
            },
            ["cudnn_conv_algo_search"] = settings.CudnnSearch switch
            {
                "exhaustive" => "EXHAUSTIVE",
                "heuristic" => "HEURISTIC",
                "default" => "DEFAULT",
                _ => throw new ArgumentException($"Unknown cuDNN search '{settings.CudnnSearch}'. Known: exhaustive, heuristic, default.", nameof(settings)),
            },
        };
        if (settings.GpuMemoryLimit > 0)
        {
            options["gpu_mem_limit"] = settings.GpuMemoryLimit.ToString(CultureInfo.InvariantCulture);
        }

        return options;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!ReferenceEquals(FeatureMemory, OrtMemoryInfo.DefaultInstance))
        {
            FeatureMemory.Dispose();
        }
    }

    private static ExecutionProvider Cpu(SessionSettings settings, string? notice) =>
        new("cpu", settings, _ => { }, OrtMemoryInfo.DefaultInstance) { Notice = notice };

    private static ExecutionProvider CudaOrCpu(SessionSettings settings)
    {
        try
        {
            return Create(settings with { Provider = "cuda" });
        }
        catch (OnnxRuntimeException error)
        {
            return Cpu(settings, $"CUDA cannot be loaded, running on the CPU: {error.Message.Split('\n')[0]}");
        }
    }

    private static void AppendCuda(SessionOptions options, SessionSettings settings)
    {
        using OrtCUDAProviderOptions cuda = new();
        cuda.UpdateOptions(CudaOptions(settings));
        options.AppendExecutionProvider_CUDA(cuda);
    }

    private static ExecutionProvider Loaded(ExecutionProvider provider)
    {
        try
        {
            provider.NewOptions().Dispose();
            return provider;
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }
}
