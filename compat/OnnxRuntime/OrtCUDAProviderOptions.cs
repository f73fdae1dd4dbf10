using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Options of the CUDA provider by name, such as device_id or gpu_mem_limit; all of it fails where the provider cannot be loaded.</summary>
public sealed unsafe class OrtCUDAProviderOptions : IDisposable
{
    public OrtCUDAProviderOptions()
    {
        nint created;
        OrtStatus.Check(OrtApi.CreateCUDAProviderOptions(&created));
        Handle = new OrtHandle(typeof(OrtCUDAProviderOptions), created, OrtApi.ReleaseCUDAProviderOptions);
    }

    internal OrtHandle Handle { get; }

    public string GetOptions()
    {
        using Lease options = Handle.Use();
        byte* text;
        OrtStatus.Check(OrtApi.GetCUDAProviderOptionsAsString(options.Pointer, OrtAllocator.DefaultPointer, &text));
        return Utf8.Take(text);
    }

    public void UpdateOptions(Dictionary<string, string> providerOptions)
    {
        ArgumentNullException.ThrowIfNull(providerOptions);
        using Lease options = Handle.Use();
        var pairs = new Utf8Pairs(providerOptions);
        fixed (nint* keys = pairs.Keys, values = pairs.Values)
        {
            OrtStatus.Check(OrtApi.UpdateCUDAProviderOptions(options.Pointer, (byte**)keys, (byte**)values, (nuint)pairs.Count));
        }

        GC.KeepAlive(pairs);
    }

    public void Dispose() => Handle.Dispose();
}
