using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Raw;

/// <summary>Finds and loads the native library once, and hands out its function table.</summary>
internal sealed unsafe partial class OrtLibrary
{
    private const string FileName = "libonnxruntime.so.1";

    /// <summary>Names a library file to load instead of the one beside the binaries, such as a build with CUDA.</summary>
    private const string OverrideVariable = "ONNXRUNTIME_LIBRARY";

    /// <summary>Slots of released versions never move, so a low version keeps older libraries usable.</summary>
    private const uint ApiVersion = 20;

    private static readonly Lazy<OrtLibrary> Loaded = new(Load);

    private readonly delegate* unmanaged<byte*> getVersionString;

    private OrtLibrary(nint library)
    {
        var getApiBase = (delegate* unmanaged<nint*>)NativeLibrary.GetExport(library, "OrtGetApiBase");
        nint* apiBase = getApiBase();
        getVersionString = (delegate* unmanaged<byte*>)apiBase[1];
        Slots = ((delegate* unmanaged<uint, void**>)apiBase[0])(ApiVersion);
        if (Slots == null)
        {
            throw new DllNotFoundException($"ONNX Runtime {VersionString} does not serve API version {ApiVersion}.");
        }

        AppendCpu = NativeLibrary.GetExport(library, "OrtSessionOptionsAppendExecutionProvider_CPU");
    }

    public static OrtLibrary Current => Loaded.Value;

    public void** Slots { get; }

    public nint AppendCpu { get; }

    public string VersionString => Marshal.PtrToStringUTF8((nint)getVersionString())!;

    private static OrtLibrary Load()
    {
        DisableTelemetry();
        string? chosen = Environment.GetEnvironmentVariable(OverrideVariable);
        string[] candidates = string.IsNullOrEmpty(chosen) ? [Path.Combine(AppContext.BaseDirectory, FileName), FileName] : [chosen];
        var reasons = new List<Exception>();
        foreach (string candidate in candidates)
        {
            try
            {
                return new OrtLibrary(NativeLibrary.Load(candidate, typeof(OrtLibrary).Assembly, null));
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
            {
                reasons.Add(error);
            }
        }

        throw new DllNotFoundException(
            $"ONNX Runtime could not be loaded. Tried: {string.Join(", ", candidates)}. " +
            $"Run eng/fetch-onnxruntime.sh and build again, or name the library file in {OverrideVariable}.",
            new AggregateException(reasons));
    }

    /// <summary>The library reads the C environment, which Environment.SetEnvironmentVariable does not change.</summary>
    private static void DisableTelemetry()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetEnvironment("ORT_DISABLE_TELEMETRY", "1", overwrite: 0);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
