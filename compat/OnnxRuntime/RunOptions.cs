using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Options of one or several runs; <see cref="Terminate"/> may be set while they run.</summary>
public sealed unsafe class RunOptions : IDisposable
{
    private OrtLoggingLevel logSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
    private int logVerbosityLevel;
    private string logId = string.Empty;
    private volatile bool terminate;

    public RunOptions()
    {
        nint created;
        OrtStatus.Check(OrtApi.CreateRunOptions(&created));
        Handle = new OrtHandle(typeof(RunOptions), created, OrtApi.ReleaseRunOptions);
    }

    public OrtLoggingLevel LogSeverityLevel
    {
        get => logSeverityLevel;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(OrtApi.RunOptionsSetRunLogSeverityLevel(options.Pointer, (int)value));
            logSeverityLevel = value;
        }
    }

    public int LogVerbosityLevel
    {
        get => logVerbosityLevel;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(OrtApi.RunOptionsSetRunLogVerbosityLevel(options.Pointer, value));
            logVerbosityLevel = value;
        }
    }

    public string LogId
    {
        get => logId;
        set
        {
            using Lease options = Handle.Use();
            fixed (byte* tag = Utf8.Encode(value, nameof(value)))
            {
                OrtStatus.Check(OrtApi.RunOptionsSetRunTag(options.Pointer, tag));
            }

            logId = value;
        }
    }

    /// <summary>Ends every run that uses these options with an error, and refuses new ones, until it is set to false.</summary>
    public bool Terminate
    {
        get => terminate;
        set
        {
            using Lease options = Handle.Use();
            OrtStatus.Check(value
                ? OrtApi.RunOptionsSetTerminate(options.Pointer)
                : OrtApi.RunOptionsUnsetTerminate(options.Pointer));
            terminate = value;
        }
    }

    internal OrtHandle Handle { get; }

    public void AddRunConfigEntry(string configKey, string configValue)
    {
        using Lease options = Handle.Use();
        fixed (byte* key = Utf8.Encode(configKey, nameof(configKey)), value = Utf8.Encode(configValue, nameof(configValue)))
        {
            OrtStatus.Check(OrtApi.AddRunConfigEntry(options.Pointer, key, value));
        }
    }

    public void Dispose() => Handle.Dispose();
}
