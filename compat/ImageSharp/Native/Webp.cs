using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Native;

/// <summary>webp/decode.h.</summary>
internal static unsafe partial class Webp
{
    static Webp() => NativeLibraries.Register();

    [LibraryImport(NativeLibraries.Webp)]
    public static partial int WebPGetInfo(byte* data, nuint bytes, out int width, out int height);

    [LibraryImport(NativeLibraries.Webp)]
    public static partial byte* WebPDecodeRGBInto(byte* data, nuint bytes, byte* destination, nuint destinationBytes, int stride);
}
