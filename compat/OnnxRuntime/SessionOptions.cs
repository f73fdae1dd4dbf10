using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>What a session is made with; the session copies it.</summary>
public sealed unsafe partial class SessionOptions : IDisposable
{
    private bool enableMemoryPattern = true;
    private bool enableCpuMemArena = true;
    private bool enableProfiling;
    private string optimizedModelFilePath = string.Empty;
    private string logId = string.Empty;
    private OrtLoggingLevel logSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
    private int logVerbosityLevel;
    private int intraOpNumThreads;
    private int interOpNumThreads;
    private GraphOptimizationLevel graphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL;
    private ExecutionMode executionMode = ExecutionMode.ORT_SEQUENTIAL;

    public SessionOptions()
    {
        nint created;
        OrtStatus.Check(OrtApi.CreateSessionOptions(&created));
        Handle = new OrtHandle(typeof(SessionOptions), created, OrtApi.ReleaseSessionOptions);

        // Providers log while they are appended, which needs the environment.
        OrtEnv.Instance();
    }

    public bool EnableMemoryPattern
    {
        get => enableMemoryPattern;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(value ? OrtApi.EnableMemPattern(options.Pointer) : OrtApi.DisableMemPattern(options.Pointer));
            enableMemoryPattern = value;
        }
    }

    public bool EnableCpuMemArena
    {
        get => enableCpuMemArena;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(value ? OrtApi.EnableCpuMemArena(options.Pointer) : OrtApi.DisableCpuMemArena(options.Pointer));
            enableCpuMemArena = value;
        }
    }

    /// <summary>Taken up when <see cref="EnableProfiling"/> is set.</summary>
    public string ProfileOutputPathPrefix { get; set; } = "onnxruntime_profile_";

    public bool EnableProfiling
    {
        get => enableProfiling;
        set
        {
            using Lease options = Handle.Use();
            fixed (byte* prefix = Utf8.Encode(ProfileOutputPathPrefix, nameof(ProfileOutputPathPrefix)))
            {
                OrtStatus.Check(value ? OrtApi.EnableProfiling(options.Pointer, prefix) : OrtApi.DisableProfiling(options.Pointer));
            }

            enableProfiling = value;
        }
    }

    public string OptimizedModelFilePath
    {
        get => optimizedModelFilePath;
        set
        {
            using Lease options = Handle.Use();
            fixed (byte* path = Utf8.Encode(value, nameof(value)))
            {
                OrtStatus.Check(OrtApi.SetOptimizedModelFilePath(options.Pointer, path));
            }

            optimizedModelFilePath = value;
        }
    }

    public string LogId
    {
        get => logId;
        set
        {
            using Lease options = Handle.Use();
            fixed (byte* id = Utf8.Encode(value, nameof(value)))
            {
                OrtStatus.Check(OrtApi.SetSessionLogId(options.Pointer, id));
            }

            logId = value;
        }
    }

    public OrtLoggingLevel LogSeverityLevel
    {
        get => logSeverityLevel;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(OrtApi.SetSessionLogSeverityLevel(options.Pointer, (int)value));
            logSeverityLevel = value;
        }
    }

    public int LogVerbosityLevel
    {
        get => logVerbosityLevel;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(OrtApi.SetSessionLogVerbosityLevel(options.Pointer, value));
            logVerbosityLevel = value;
        }
    }

    /// <summary>Threads within one operation; 0 lets the library choose.</summary>
    public int IntraOpNumThreads
    {
        get => intraOpNumThreads;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(OrtApi.SetIntraOpNumThreads(options.Pointer, value));
            intraOpNumThreads = value;
        }
    }

    /// <summary>Threads across operations when <see cref="ExecutionMode"/> is parallel; 0 lets the library choose.</summary>
    public int InterOpNumThreads
    {
        get => interOpNumThreads;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(OrtApi.SetInterOpNumThreads(options.Pointer, value));
            interOpNumThreads = value;
        }
    }

    public GraphOptimizationLevel GraphOptimizationLevel
    {
        get => graphOptimizationLevel;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(OrtApi.SetSessionGraphOptimizationLevel(options.Pointer, (int)value));
            graphOptimizationLevel = value;
        }
    }

    public ExecutionMode ExecutionMode
    {
        get => executionMode;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(OrtApi.SetSessionExecutionMode(options.Pointer, (int)value));
            executionMode = value;
        }
    }

    internal OrtHandle Handle { get; }

    public void AddSessionConfigEntry(string configKey, string configValue)
    {
        using Lease options = Handle.Use();
        fixed (byte* key = Utf8.Encode(configKey, nameof(configKey)), value = Utf8.Encode(configValue, nameof(configValue)))
        {
            OrtStatus.Check(OrtApi.AddSessionConfigEntry(options.Pointer, key, value));
        }
    }

    public void AddFreeDimensionOverrideByName(string dimName, long dimValue)
    {
        using Lease options = Handle.Use();
        fixed (byte* name = Utf8.Encode(dimName, nameof(dimName)))
        {
            OrtStatus.Check(OrtApi.AddFreeDimensionOverrideByName(options.Pointer, name, dimValue));
        }
    }

    public void Dispose() => Handle.Dispose();
}
