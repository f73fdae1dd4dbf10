using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Execution providers, tried in the order they are appended; the CPU comes last by itself.</summary>
public sealed unsafe partial class SessionOptions
{
    public static SessionOptions MakeSessionOptionWithCudaProvider(int deviceId = 0)
    {
        var options = new SessionOptions();
        try
        {
            options.AppendExecutionProvider_CUDA(deviceId);
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    public void AppendExecutionProvider_CPU(int useArena = 1)
    {
        using Lease options = Handle.Use();
        OrtStatus.Check(OrtApi.SessionOptionsAppendExecutionProvider_CPU(options.Pointer, useArena));
    }

    /// <summary>Throws <see cref="OnnxRuntimeException"/> where the CUDA provider or what it needs cannot be loaded.</summary>
    public void AppendExecutionProvider_CUDA(int deviceId = 0)
    {
        using Lease options = Handle.Use();
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string> { ["device_id"] = deviceId.ToString(CultureInfo.InvariantCulture) });
        AppendExecutionProvider_CUDA(cuda);
    }

    /// <summary>Throws <see cref="OnnxRuntimeException"/> where the CUDA provider or what it needs cannot be loaded.</summary>
    public void AppendExecutionProvider_CUDA(OrtCUDAProviderOptions cudaProviderOptions)
    {
        ArgumentNullException.ThrowIfNull(cudaProviderOptions);
        using Lease options = Handle.Use();

        // Reading the options loads the provider and reports what is missing; appending would write that to stderr and keep it back.
        _ = cudaProviderOptions.GetOptions();
        using Lease cuda = cudaProviderOptions.Handle.Use();
        OrtStatus.Check(OrtApi.SessionOptionsAppendExecutionProvider_CUDA_V2(options.Pointer, cuda.Pointer));
    }

    /// <summary>A provider by its short name, such as WebGPU. One that this build lacks is an <see cref="OnnxRuntimeException"/>.</summary>
    public void AppendExecutionProvider(string providerName, Dictionary<string, string>? providerOptions = null)
    {
        using Lease options = Handle.Use();
        ThrowIfVulkanIsMissing(providerName);
        var pairs = new Utf8Pairs(providerOptions ?? []);
        fixed (byte* name = Utf8.Encode(providerName, nameof(providerName)))
        fixed (nint* keys = pairs.Keys, values = pairs.Values)
        {
            OrtStatus.Check(OrtApi.SessionOptionsAppendExecutionProvider(
                options.Pointer, name, (byte**)keys, (byte**)values, (nuint)pairs.Count));
        }

        GC.KeepAlive(pairs);
    }

    /// <summary>Without the Vulkan loader WebGPU writes to stderr and then reports only that there is no adapter.</summary>
    private static void ThrowIfVulkanIsMissing(string providerName)
    {
        if (providerName is "WebGPU" or "WebGpuExecutionProvider"
            && OperatingSystem.IsLinux()
            && !NativeLibrary.TryLoad("libvulkan.so.1", out _))
        {
            throw new OnnxRuntimeException(ErrorCode.Fail, "WebGPU needs the Vulkan loader: libvulkan.so.1 could not be loaded.");
        }
    }
}
