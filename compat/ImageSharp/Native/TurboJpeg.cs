using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Native;

/// <summary>turbojpeg.h, the 2.x interface.</summary>
internal static unsafe partial class TurboJpeg
{
    public const int PixelFormatRgb = 0;
    public const int PixelFormatGray = 6;
    public const int PixelFormatCmyk = 11;
    public const int Subsampling420 = 2;
    public const int SubsamplingGray = 3;
    public const int FlagStopOnWarning = 8192;
    public const int FlagLimitScans = 32768;
    public const int ErrorWarning = 0;

    static TurboJpeg() => NativeLibraries.Register();

    [LibraryImport(NativeLibraries.TurboJpeg)]
    public static partial TurboJpegHandle tjInitDecompress();

    [LibraryImport(NativeLibraries.TurboJpeg)]
    public static partial TurboJpegHandle tjInitCompress();

    [LibraryImport(NativeLibraries.TurboJpeg)]
    public static partial int tjDestroy(nint handle);

    [LibraryImport(NativeLibraries.TurboJpeg)]
    public static partial int tjDecompressHeader3(
        TurboJpegHandle handle, byte* jpeg, CULong jpegBytes, out int width, out int height, out int subsampling, out int colorSpace);

    [LibraryImport(NativeLibraries.TurboJpeg)]
    public static partial int tjDecompress2(
        TurboJpegHandle handle, byte* jpeg, CULong jpegBytes, byte* destination, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(NativeLibraries.TurboJpeg)]
    public static partial int tjCompress2(
        TurboJpegHandle handle, byte* source, int width, int pitch, int height, int pixelFormat, byte** jpeg, CULong* jpegBytes,
        int subsampling, int quality, int flags);

    [LibraryImport(NativeLibraries.TurboJpeg)]
    public static partial void tjFree(byte* buffer);

    [LibraryImport(NativeLibraries.TurboJpeg)]
    public static partial byte* tjGetErrorStr2(TurboJpegHandle handle);

    [LibraryImport(NativeLibraries.TurboJpeg)]
    public static partial int tjGetErrorCode(TurboJpegHandle handle);
}
