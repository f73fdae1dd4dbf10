using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A model ready to run. Any number of threads may run it at once.</summary>
public sealed unsafe partial class InferenceSession : IDisposable
{
    private readonly NodeTable inputs;
    private readonly NodeTable outputs;
    private readonly NodeTable initializers;
    private ModelMetadata? modelMetadata;

    public InferenceSession(string modelPath)
        : this(WithDefaults(options => Open(modelPath, options)))
    {
    }

    public InferenceSession(string modelPath, SessionOptions options)
        : this(Open(modelPath, options))
    {
    }

    public InferenceSession(byte[] model)
        : this(WithDefaults(options => Open(model, options)))
    {
    }

    public InferenceSession(byte[] model, SessionOptions options)
        : this(Open(model, options))
    {
    }

    private InferenceSession(OrtHandle handle)
    {
        Handle = handle;
        try
        {
            using Lease session = handle.Use();
            inputs = NodeTable.Inputs(session.Pointer);
            outputs = NodeTable.Outputs(session.Pointer);
            initializers = NodeTable.OverridableInitializers(session.Pointer);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public IReadOnlyDictionary<string, NodeMetadata> InputMetadata => inputs.Metadata;

    public IReadOnlyList<string> InputNames => inputs.Names;

    public IReadOnlyDictionary<string, NodeMetadata> OutputMetadata => outputs.Metadata;

    public IReadOnlyList<string> OutputNames => outputs.Names;

    public IReadOnlyDictionary<string, NodeMetadata> OverridableInitializerMetadata => initializers.Metadata;

    public ModelMetadata ModelMetadata => modelMetadata ??= new ModelMetadata(this);

    public ulong ProfilingStartTimeNs
    {
        get
        {
            using Lease session = Handle.Use();
            ulong nanoseconds;
            OrtStatus.Check(OrtApi.SessionGetProfilingStartTimeNs(session.Pointer, &nanoseconds));
            return nanoseconds;
        }
    }

    internal OrtHandle Handle { get; }

    /// <summary>Writes the profile and returns its path, which is empty when profiling was not enabled.</summary>
    public string EndProfiling()
    {
        using Lease session = Handle.Use();
        byte* path;
        OrtStatus.Check(OrtApi.SessionEndProfiling(session.Pointer, OrtAllocator.DefaultPointer, &path));
        return Utf8.Take(path);
    }

    /// <summary>The native session ends when the last run, binding and output value that uses it has ended.</summary>
    public void Dispose() => Handle.Dispose();

    private static OrtHandle WithDefaults(Func<SessionOptions, OrtHandle> open)
    {
        using var options = new SessionOptions();
        return open(options);
    }

    private static OrtHandle Open(string modelPath, SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using Lease settings = options.Handle.Use();
        using var environment = new SharedReference(OrtEnv.Instance().Handle);
        nint created;
        fixed (byte* path = Utf8.Encode(modelPath, nameof(modelPath)))
        {
            OrtStatus.Check(OrtApi.CreateSession(environment.Pointer, path, settings.Pointer, &created));
        }

        return new OrtHandle(typeof(InferenceSession), created, OrtApi.ReleaseSession, environment.Retain());
    }

    private static OrtHandle Open(byte[] model, SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        using Lease settings = options.Handle.Use();
        using var environment = new SharedReference(OrtEnv.Instance().Handle);
        nint created;
        fixed (byte* bytes = model)
        {
            OrtStatus.Check(OrtApi.CreateSessionFromArray(
                environment.Pointer, bytes, (nuint)model.Length, settings.Pointer, &created));
        }

        return new OrtHandle(typeof(InferenceSession), created, OrtApi.ReleaseSession, environment.Retain());
    }
}
