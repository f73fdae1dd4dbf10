using System.Reflection;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Native;

/// <summary>The assembly's one resolver: from the name in an import to a versioned library and the package that brings it.</summary>
internal static class NativeLibraries
{
    public const string TurboJpeg = "turbojpeg";
    public const string Spng = "spng";
    public const string Webp = "webp";

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    /// <summary>Called by the static constructor of every class of imports, so that the resolver is there before the first of them.</summary>
    public static void Register()
    {
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        // The version is part of the name: an unversioned lookup would take a library with another binary interface.
        (string File, string Package)? known = name switch
        {
            TurboJpeg => ("libturbojpeg.so.0", "libturbojpeg0"),
            Spng => ("libspng.so.0", "libspng0"),
            Webp => ("libwebp.so.7", "libwebp7"),
            _ => null,
        };
        if (known is not { } library)
        {
            return 0;
        }

        return NativeLibrary.TryLoad(library.File, assembly, searchPath, out nint handle)
            ? handle
            : throw new DllNotFoundException($"Cannot load {library.File}. Install the package {library.Package} (Debian: apt-get install {library.Package}).");
    }
}
