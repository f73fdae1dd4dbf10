using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>Finds and loads libditask_torch.so when the first function is called, not earlier: serving never needs it.</summary>
internal static unsafe class ShimLibrary
{
    public const string Name = "ditask_torch";
    private const string FileName = "libditask_torch.so";

    private static readonly Lock gate = new();
    private static nint library;

    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Name)
        {
            return 0;
        }

        lock (gate)
        {
            if (library == 0)
            {
                library = Load();
            }

            return library;
        }
    }

    private static nint Load()
    {
        string headerHash = typeof(ShimLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ShimHeaderHash").Value!;
        string[] places = [.. Places(headerHash)];
        string path = places.FirstOrDefault(File.Exists)
            ?? throw new DllNotFoundException($"{FileName} was not found; run eng/build-torch-shim.sh. Looked at: {string.Join(", ", places)}.");
        nint loaded = NativeLibrary.Load(path);

        var hash = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(loaded, "dt_header_hash");
        string found = Marshal.PtrToStringUTF8((nint)hash())!;
        if (found != headerHash)
        {
            throw new DllNotFoundException(
                $"'{path}' was built from another version of ditask_torch.h ({found}, expected {headerHash}); run eng/build-torch-shim.sh.");
        }

        Initialize(loaded);
        return loaded;
    }

    private static IEnumerable<string> Places(string headerHash)
    {
        if (Environment.GetEnvironmentVariable("DITASK_TORCH_SHIM") is { Length: > 0 } chosen)
        {
            yield return chosen;
            yield break;
        }

        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        yield return Path.Combine(NativeCache(), $"torch-shim-header-{headerHash[..16]}", FileName);
    }

    private static string NativeCache()
    {
        if (Environment.GetEnvironmentVariable("DITASK_CACHE") is { Length: > 0 } own)
        {
            return own;
        }

        string caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "", ".cache");
        return Path.Combine(caches, "ditask");
    }

    private static void Initialize(nint loaded)
    {
        ((delegate* unmanaged<int>)NativeLibrary.GetExport(loaded, "dt_initialize"))();

        // Debian's libtorch starts with one thread. Whoever set OMP_NUM_THREADS has chosen already.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OMP_NUM_THREADS")))
        {
            ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(loaded, "dt_set_num_threads"))(Environment.ProcessorCount);
        }
    }
}
