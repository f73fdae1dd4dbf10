using System.Buffers;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Native;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Jpeg;

internal sealed unsafe class JpegCodec : IImageCodec
{
    // Encoders write about ten progressive scans; each one more costs a pass over the whole picture for a few bytes of file.
    private const int MaxScans = 100;

    // Deviations of real cameras and editors that leave every pixel intact. All other warnings mean missing or damaged data.
    private static readonly string[] HarmlessWarnings =
        ["Unknown Adobe color transform code", "Warning: unknown JFIF revision number", "Invalid SOS parameters for sequential JPEG"];

    public IImageFormat Format => JpegFormat.Instance;

    public bool IsMatch(ReadOnlySpan<byte> data) => data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    public ImageHeader ReadHeader(ReadOnlySpan<byte> data, bool skipMetadata)
    {
        var (precision, size, components, exif) = JpegMarkers.ReadFrame(data);
        if (size.Width == 0 || size.Height == 0 || precision != 8 || components is not (1 or 3 or 4))
        {
            throw new InvalidImageContentException(
                $"JPEG: {size.Width}x{size.Height}, {components} components of {precision} bits; expected sides above 0 and 1, 3 or 4 components of 8 bits.");
        }

        ImageMetadata metadata = new() { DecodedImageFormat = Format, ExifProfile = skipMetadata ? null : exif };
        return new ImageHeader(size, components * precision, components == 1 ? PixelLayout.L8 : PixelLayout.Rgb24, metadata);
    }

    public Size DecodedSize(ImageHeader header, Size? target)
    {
        if (target is { } box)
        {
            foreach (int blockSize in (ReadOnlySpan<int>)[1, 2, 4])
            {
                Size scaled = new(((header.Size.Width * blockSize) + 7) / 8, ((header.Size.Height * blockSize) + 7) / 8);
                if (scaled.Width >= box.Width && scaled.Height >= box.Height)
                {
                    return scaled;
                }
            }
        }

        return header.Size;
    }

    public void CheckComplete(ReadOnlySpan<byte> data, ImageHeader header)
    {
        int scans = JpegMarkers.CountScans(data);
        if (scans > MaxScans)
        {
            throw new InvalidImageContentException($"JPEG: {scans} scans; the limit is {MaxScans}.");
        }
    }

    public void Decode(ReadOnlySpan<byte> data, ImageHeader header, Size size, Span<byte> destination)
    {
        if (header.BitsPerPixel == 32)
        {
            DecodeCmyk(data, header.Size, size, destination);
        }
        else
        {
            int format = header.Layout == PixelLayout.L8 ? TurboJpeg.PixelFormatGray : TurboJpeg.PixelFormatRgb;
            Decompress(data, header.Size, size, format, destination);
        }
    }

    private static void DecodeCmyk(ReadOnlySpan<byte> data, Size stored, Size size, Span<byte> destination)
    {
        int bytes = checked((int)(size.Area * 4));
        byte[] rented = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            Span<byte> cmyk = rented.AsSpan(0, bytes);
            Decompress(data, stored, size, TurboJpeg.PixelFormatCmyk, cmyk);

            // CMYK in JPEG is inverted (255 is no ink), as Adobe writes it. As in the original, also without Adobe's marker.
            for (int from = 0, to = 0; from < cmyk.Length; from += 4, to += 3)
            {
                int key = cmyk[from + 3];
                destination[to] = (byte)(((cmyk[from] * key) + 127) / 255);
                destination[to + 1] = (byte)(((cmyk[from + 1] * key) + 127) / 255);
                destination[to + 2] = (byte)(((cmyk[from + 2] * key) + 127) / 255);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Decompress(ReadOnlySpan<byte> data, Size stored, Size size, int pixelFormat, Span<byte> destination)
    {
        // The first warning ends the decoding, since only the first is reported and it may hide a second. If it was a
        // harmless one the picture is decoded again without the stop.
        if (!TryDecompress(data, stored, size, pixelFormat, destination, TurboJpeg.FlagLimitScans | TurboJpeg.FlagStopOnWarning))
        {
            TryDecompress(data, stored, size, pixelFormat, destination, TurboJpeg.FlagLimitScans);
        }
    }

    /// <returns>False if the decoder stopped at, or went past, a harmless warning.</returns>
    private static bool TryDecompress(ReadOnlySpan<byte> data, Size stored, Size size, int pixelFormat, Span<byte> destination, int flags)
    {
        using TurboJpegHandle handle = TurboJpeg.tjInitDecompress();
        fixed (byte* jpeg = data)
        fixed (byte* pixels = destination)
        {
            CULong jpegBytes = new((nuint)data.Length);
            int result = TurboJpeg.tjDecompressHeader3(handle, jpeg, jpegBytes, out int width, out int height, out _, out _);
            if (result != 0 && !EndedInHarmlessWarning(handle))
            {
                throw new InvalidImageContentException($"JPEG: {handle.LastError}.");
            }

            // The destination was measured by our own reading of the header; the library must not have found another one.
            if (width != stored.Width || height != stored.Height)
            {
                throw new InvalidImageContentException($"JPEG: two frame headers, {stored} and {new Size(width, height)}.");
            }

            int pitch = destination.Length / size.Height;
            result = TurboJpeg.tjDecompress2(handle, jpeg, jpegBytes, pixels, size.Width, pitch, size.Height, pixelFormat, flags);
            if (result != 0 && !EndedInHarmlessWarning(handle))
            {
                throw new InvalidImageContentException($"JPEG: {handle.LastError}.");
            }

            return result == 0;
        }
    }

    private static bool EndedInHarmlessWarning(TurboJpegHandle handle)
    {
        if (TurboJpeg.tjGetErrorCode(handle) != TurboJpeg.ErrorWarning)
        {
            return false;
        }

        string text = handle.LastError;
        return text.Contains("extraneous bytes before marker", StringComparison.Ordinal)
            || HarmlessWarnings.Any(warning => text.StartsWith(warning, StringComparison.Ordinal));
    }
}
