using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>The one environment of the process: logging, and what the library offers.</summary>
public sealed unsafe class OrtEnv : IDisposable
{
    private static readonly Lock Creation = new();
    private static OrtEnv? instance;

    private OrtLoggingLevel level;

    private OrtEnv(EnvironmentCreationOptions options)
    {
        level = options.logLevel ?? OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
        string logId = string.IsNullOrEmpty(options.logId) ? "CSharpOnnxRuntime" : options.logId;
        nint created;
        fixed (byte* name = Utf8.Encode(logId, nameof(options)))
        {
            OrtStatus.Check(OrtApi.CreateEnv((int)level, name, &created));
        }

        Handle = new OrtHandle(typeof(OrtEnv), created, OrtApi.ReleaseEnv);
        OrtStatus.Check(OrtApi.DisableTelemetryEvents(created));
    }

    public static bool IsCreated
    {
        get
        {
            lock (Creation)
            {
                return instance is not null;
            }
        }
    }

    public OrtLoggingLevel EnvLogLevel
    {
        get => level;
        set
        {
            using Lease env = Handle.Use();
            OrtStatus.Check(OrtApi.UpdateEnvWithCustomLogLevel(env.Pointer, (int)value));
            level = value;
        }
    }

    internal OrtHandle Handle { get; }

    public static OrtEnv Instance()
    {
        lock (Creation)
        {
            return instance ??= new OrtEnv(default);
        }
    }

    /// <summary>Throws when the environment exists already, since the options would have no effect.</summary>
    public static OrtEnv CreateInstanceWithOptions(ref EnvironmentCreationOptions options)
    {
        lock (Creation)
        {
            if (instance is not null)
            {
                throw new OnnxRuntimeException(
                    ErrorCode.RuntimeException, "The environment exists already; its options can only be given before the first use.");
            }

            return instance = new OrtEnv(options);
        }
    }

    public string GetVersionString() => OrtLibrary.Current.VersionString;

    /// <summary>The providers compiled in. One that is listed can still fail when it is appended to <see cref="SessionOptions"/>.</summary>
    public string[] GetAvailableProviders()
    {
        byte** names;
        int count;
        OrtStatus.Check(OrtApi.GetAvailableProviders(&names, &count));
        string[] providers = new string[count];
        for (int i = 0; i < count; i++)
        {
            providers[i] = Utf8.Decode(names[i]);
        }

        OrtStatus.Check(OrtApi.ReleaseAvailableProviders(names, count));
        return providers;
    }

    /// <summary>Sessions that are open keep the native environment; the next use makes a new one.</summary>
    public void Dispose()
    {
        lock (Creation)
        {
            Handle.Dispose();
            if (ReferenceEquals(instance, this))
            {
                instance = null;
            }
        }
    }
}
