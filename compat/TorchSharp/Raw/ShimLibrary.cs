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
                string headerHash = typeof(ShimLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                    .Single(attribute => attribute.Key == "ShimHeaderHash").Value!;
                nint loaded = Load(Find(Environment.GetEnvironmentVariable, headerHash), headerHash);
                Initialize(loaded);
                library = loaded;
            }

            return library;
        }
    }

    /// <summary>The first place that has the library: where the environment says, beside the program, or in the native cache.</summary>
    internal static string Find(Func<string, string?> environment, string headerHash)
    {
        string[] places = [.. Places(environment, headerHash)];
        return places.FirstOrDefault(File.Exists)
            ?? throw new DllNotFoundException($"{FileName} was not found; run eng/build-torch-shim.sh. Looked at: {string.Join(", ", places)}.");
    }

    /// <summary>Loads a library, provided that it was built from the header that this assembly was written against.</summary>
    internal static nint Load(string path, string headerHash)
    {
        nint loaded = NativeLibrary.Load(path);
        string found = NativeLibrary.TryGetExport(loaded, "dt_header_hash", out nint hash)
            ? Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)hash)())!
            : "none";
        if (found != headerHash)
        {
            NativeLibrary.Free(loaded);
            throw new DllNotFoundException(
                $"'{path}' was built from another ditask_torch.h: hash {found}, expected {headerHash}; run eng/build-torch-shim.sh.");
        }

        return loaded;
    }

    private static IEnumerable<string> Places(Func<string, string?> environment, string headerHash)
    {
        if (environment("DITASK_TORCH_SHIM") is { Length: > 0 } chosen)
        {
            yield return chosen;
            yield break;
        }

        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        yield return Path.Combine(NativeCache(environment), $"torch-shim-header-{headerHash[..16]}", FileName);
    }

    private static string NativeCache(Func<string, string?> environment)
    {
        if (environment("DITASK_CACHE") is { Length: > 0 } own)
        {
            return own;
        }

        return environment("XDG_CACHE_HOME") is { Length: > 0 } caches
            ? Path.Combine(caches, "ditask")
            : Path.Combine(environment("HOME") ?? "", ".cache", "ditask");
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
