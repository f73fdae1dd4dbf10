using DiTask.Model.Vision.Guard;
using SkiaSharp;

namespace DiTask.Model.Vision;

/// <summary>The one place that knows the decoding library. Its files have passed <see cref="ImageGuard"/>.</summary>
internal static class SkiaPixels
{
    // Rows that are decoded before they are put in their place: some hundred kilobytes, which stay in the cache.
    private const int StripBytes = 1 << 18;
    private const int FewestStripRows = 16;

    // Eighths of the size that the library's JPEG decoder makes as fast as it can.
    private static readonly int[] Scales = [1, 2, 4];

    /// <summary>Decodes a file.</summary>
    /// <returns>The upright picture.</returns>
    /// <exception cref="ImageRejectedException">The library refuses the file, finds another picture in it, or has no memory for
    /// it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was raised.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> file, StoredHeader header, DecodeLimits limits, CancellationToken cancellation)
    {
        RgbImage? image = null;
        try
        {
            using SKData data = SKData.CreateCopy(file);
            using SKCodec codec = SKCodec.Create(data) ?? throw Refused(file, "a header that the decoder does not take");

            // Memory and work were measured by our own reading of the header; the library must not have found another picture.
            if (codec.Info.Width != header.Width || codec.Info.Height != header.Height || codec.EncodedFormat != Format(header.Format))
            {
                throw Refused(
                    file,
                    $"{codec.EncodedFormat} of {codec.Info.Width}x{codec.Info.Height}; the header says {header.Width}x{header.Height}");
            }

            SKSizeI size = Size(codec, header, limits);

            // Without a colour space the samples stay as they are stored, and colours under transparent pixels are kept.
            SKAlphaType alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
            SKImageInfo info = new(size.Width, size.Height, SKColorType.Rgba8888, alpha);
            image = header.Sideways ? new RgbImage(size.Height, size.Width) : new RgbImage(size.Width, size.Height);
            UprightRows upright = new(image, header.Orientation);
            cancellation.ThrowIfCancellationRequested();
            SKCodecResult result = header.Format == ImageFormat.Jpeg
                ? DecodeStrips(codec, info, upright, cancellation)
                : DecodeWhole(codec, info, upright);
            cancellation.ThrowIfCancellationRequested();
            return result == SKCodecResult.Success ? image : throw Refused(file, $"{result}");
        }
        catch (Exception exception)
        {
            image?.Dispose();
            if (exception is ImageRejectedException or OperationCanceledException)
            {
                throw;
            }

            throw new ImageRejectedException(
                ImageRejection.Undecodable,
                $"Expected a complete image of {file.Length} bytes; found the decoder to fail: {exception.Message}", exception);
        }
    }

    private static SKEncodedImageFormat Format(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => SKEncodedImageFormat.Jpeg,
        ImageFormat.Png => SKEncodedImageFormat.Png,
        ImageFormat.Webp => SKEncodedImageFormat.Webp,
        _ => SKEncodedImageFormat.Bmp,
    };

    private static SKSizeI Size(SKCodec codec, StoredHeader header, DecodeLimits limits)
    {
        int shorter = Math.Min(header.Width, header.Height);
        if (limits.FastJpegSide is { } side && header.Format == ImageFormat.Jpeg && shorter >= 4L * side)
        {
            foreach (int scale in Scales)
            {
                SKSizeI size = codec.GetScaledDimensions(scale / 8f);
                if (Math.Min(size.Width, size.Height) >= 2L * side)
                {
                    return size;
                }
            }
        }

        return codec.Info.Size;
    }

    private static SKCodecResult DecodeStrips(SKCodec codec, SKImageInfo info, UprightRows upright, CancellationToken cancellation)
    {
        int stripRows = Math.Min(info.Height, Math.Max(FewestStripRows, StripBytes / info.RowBytes));
        SKCodecResult result = codec.StartScanlineDecode(info);
        if (result != SKCodecResult.Success)
        {
            return result;
        }

        using SKBitmap strip = new(info.WithSize(info.Width, stripRows));
        for (int row = 0; row < info.Height; row += stripRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(stripRows, info.Height - row);
            if (codec.GetScanlines(strip.GetPixels(), rows, info.RowBytes) != rows)
            {
                return SKCodecResult.IncompleteInput;
            }

            upright.Write(strip.GetPixelSpan(), row, rows);
        }

        return result;
    }

    private static SKCodecResult DecodeWhole(SKCodec codec, SKImageInfo info, UprightRows upright)
    {
        using SKBitmap whole = new(info);
        SKCodecResult result = codec.GetPixels(info, whole.GetPixels());
        if (result == SKCodecResult.Success)
        {
            // In strips, so that a turned picture is written tile by tile.
            ReadOnlySpan<byte> pixels = whole.GetPixelSpan();
            for (int row = 0; row < info.Height; row += FewestStripRows)
            {
                upright.Write(pixels[(row * info.RowBytes)..], row, Math.Min(FewestStripRows, info.Height - row));
            }
        }

        return result;
    }

    private static ImageRejectedException Refused(ReadOnlySpan<byte> file, string found) =>
        ImageGuard.Broken($"Expected a complete image of {file.Length} bytes; found {found}.");
}
