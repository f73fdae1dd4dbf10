using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Native;

/// <summary>spng.h 0.7.</summary>
internal static unsafe partial class Spng
{
    public const int ContextEncoder = 2;
    public const int FormatRgb8 = 4;

    /// <summary>The samples as stored, 16-bit ones host-endian.</summary>
    public const int FormatPng = 256;
    public const int FormatGray8 = 64;
    public const int EncodeFinalize = 2;
    public const int OptionCompressionLevel = 2;
    public const int OptionFilterChoice = 10;
    public const int OptionEncodeToBuffer = 12;

    static Spng() => NativeLibraries.Register();

    [LibraryImport(NativeLibraries.Spng)]
    public static partial SpngContext spng_ctx_new(int flags);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial void spng_ctx_free(nint context);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial int spng_set_png_buffer(SpngContext context, byte* buffer, nuint bytes);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial byte* spng_get_png_buffer(SpngContext context, out nuint bytes, out int error);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial int spng_set_image_limits(SpngContext context, uint width, uint height);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial int spng_set_chunk_limits(SpngContext context, nuint chunkBytes, nuint cacheBytes);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial int spng_set_option(SpngContext context, int option, int value);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial int spng_get_ihdr(SpngContext context, out SpngHeader header);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial int spng_set_ihdr(SpngContext context, in SpngHeader header);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial int spng_set_text(SpngContext context, SpngText* text, uint count);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial int spng_decode_image(SpngContext context, byte* destination, nuint bytes, int format, int flags);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial int spng_decode_chunks(SpngContext context);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial int spng_encode_image(SpngContext context, byte* image, nuint bytes, int format, int flags);

    [LibraryImport(NativeLibraries.Spng)]
    public static partial byte* spng_strerror(int error);

    public static string ErrorText(int error) => new((sbyte*)spng_strerror(error));
}
