using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>native/ditask_torch.h, name by name. Each function answers 0, or -1 and an error text.</summary>
internal static unsafe partial class Native
{
    private const string Lib = ShimLibrary.Name;

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, ShimLibrary.Resolve);

    /// <summary>Turns the answer of a function into an exception, the one that the original package throws.</summary>
    public static void Check(int status)
    {
        if (status != 0)
        {
#pragma warning disable CA2201 // reserved for the runtime, and what callers of the original package catch
            throw new ExternalException(Marshal.PtrToStringUTF8((nint)dt_last_error()));
#pragma warning restore CA2201
        }
    }

    // runtime.cpp
    [LibraryImport(Lib)] private static partial byte* dt_last_error();
    [LibraryImport(Lib)] internal static partial int dt_set_num_threads(int threads);
    [LibraryImport(Lib)] internal static partial int dt_get_num_threads(out int threads);
    [LibraryImport(Lib)] internal static partial int dt_cuda_is_available(out int available);
    [LibraryImport(Lib)] internal static partial int dt_cuda_device_count(out int count);
    [LibraryImport(Lib)] internal static partial int dt_cuda_manual_seed(long seed);
    [LibraryImport(Lib)] internal static partial int dt_set_grad_enabled(int enabled);
    [LibraryImport(Lib)] internal static partial int dt_is_grad_enabled(out int enabled);
}
