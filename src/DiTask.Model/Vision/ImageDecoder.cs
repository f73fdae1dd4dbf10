using DiTask.Model.Vision.Guard;

namespace DiTask.Model.Vision;

/// <summary>Bytes of a photo to upright RGB pixels.</summary>
/// <remarks>
/// Accepts JPEG, PNG, WebP and BMP, told apart by their first bytes. The first frame of an animation is taken, alpha is dropped, ICC
/// profiles are ignored, 16-bit channels are cut to 8: what the training code's conversion to RGB does. <see cref="ImageGuard"/> checks the
/// structure of a file before <see cref="SkiaPixels"/>, the only code that knows the decoding library, sees it.
/// </remarks>
public static class ImageDecoder
{
    /// <summary>Reads the header only.</summary>
    /// <exception cref="ImageRejectedException">The bytes are empty, of another format, or broken in the header.</exception>
    public static ImageHeader Identify(ReadOnlySpan<byte> file) => Describe(ImageGuard.ReadHeader(file));

    /// <summary>Decodes an upright picture.</summary>
    /// <exception cref="ImageRejectedException">The bytes are empty, of another format, broken, cut short, or over a limit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was raised.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> file, DecodeLimits limits, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        StoredHeader header = ImageGuard.ReadHeader(file);
        RequireLimits(Describe(header), limits);
        byte[]? substitute = ImageGuard.Check(file, header, limits, cancellation);
        return SkiaPixels.Decode(substitute ?? file, header, limits, cancellation);
    }

    /// <summary>
    /// Refuses a picture whose header claims more pixels, longer sides or more memory than <paramref name="limits"/> allow.
    /// </summary>
    /// <exception cref="ImageRejectedException">A limit is exceeded; the message names it.</exception>
    public static void RequireLimits(ImageHeader header, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(limits);
        if (header.PixelCount > limits.MaxPixels)
        {
            throw new ImageRejectedException(
                ImageRejection.TooManyPixels,
                $"Expected at most {limits.MaxPixels} pixels; found {header.Width}x{header.Height} = {header.PixelCount}.");
        }

        if (Math.Max(header.Width, header.Height) > DecodeLimits.MaxSide)
        {
            throw new ImageRejectedException(
                ImageRejection.TooManyPixels,
                $"Expected sides of at most {DecodeLimits.MaxSide} pixels, a fixed limit; found {header.Width}x{header.Height}.");
        }

        if (header.DecodeBytes > limits.MaxBytes)
        {
            throw new ImageRejectedException(
                ImageRejection.TooManyPixels,
                $"Expected a picture that takes at most {limits.MaxBytes} bytes to decode; found {header.Width}x{header.Height} pixels " +
                $"of this kind to take {header.DecodeBytes}.");
        }
    }

    private static ImageHeader Describe(StoredHeader header)
    {
        string mediaType = header.Format switch
        {
            ImageFormat.Jpeg => "image/jpeg",
            ImageFormat.Png => "image/png",
            ImageFormat.Webp => "image/webp",
            _ => "image/bmp",
        };
        return new ImageHeader(
            header.Sideways ? header.Height : header.Width, header.Sideways ? header.Width : header.Height, mediaType, header.Orientation)
        {
            Frames = header.Frames,
            DecodeBytes = header.DecodeBytes,
        };
    }
}
