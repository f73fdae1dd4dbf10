using System.Globalization;
using SkiaSharp;

namespace DiTask.Model.Vision;

/// <summary>Bytes of a photo to upright RGB pixels; the only code that knows the image library.</summary>
/// <remarks>
/// Accepts JPEG, PNG, WebP and BMP, told apart by their first bytes. The first frame of an animation is taken, alpha is dropped, ICC profiles
/// are ignored, 16-bit channels are reduced to 8: what the training code's conversion to RGB does.
/// </remarks>
public static class ImageDecoder
{
    private const string Accepted = "a JPEG, PNG, WebP or BMP image";

    /// <summary>Reads the header only.</summary>
    /// <exception cref="ImageRejectedException">The bytes are empty, of another format, or broken in the header.</exception>
    public static ImageHeader Identify(ReadOnlySpan<byte> file)
    {
        RequireBytes(file);
        using SKCodec codec = Open(file);
        int orientation = (int)codec.EncodedOrigin;
        bool sideways = orientation >= 5;
        SKSizeI size = codec.Info.Size;
        return new ImageHeader(sideways ? size.Height : size.Width, sideways ? size.Width : size.Height, MediaType(file, codec.EncodedFormat), orientation)
        {
            Frames = AnimationFrames.Count(file),
        };
    }

    /// <summary>Decodes an upright picture.</summary>
    /// <exception cref="ImageRejectedException">The bytes are empty, of another format, broken, cut short, or claim too many pixels.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ImageHeader header = Identify(file);
        RequirePixels(header, limits);
        using SKCodec codec = Open(file);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using SKBitmap bitmap = new(info);
        SKCodecResult result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            throw new ImageRejectedException(ImageRejection.Undecodable, $"Expected a complete image of {file.Length} bytes; found: {result}");
        }

        var upright = new RgbImage(info.Width, info.Height);
        ReadOnlySpan<byte> source = bitmap.GetPixelSpan();
        for (int i = 0; i < info.Width * info.Height; i++)
        {
            source.Slice(i * 4, 3).CopyTo(upright.Pixels[(i * 3)..]);
        }

        return upright;
    }

    /// <summary>Refuses a picture whose header claims more pixels than <paramref name="limits"/> allow.</summary>
    /// <exception cref="ImageRejectedException">Too many pixels.</exception>
    public static void RequirePixels(ImageHeader header, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(limits);
        if (header.PixelCount > limits.MaxPixels)
        {
            throw new ImageRejectedException(
                ImageRejection.TooManyPixels, $"Expected at most {limits.MaxPixels} pixels; found {header.Width}x{header.Height} = {header.PixelCount}.");
        }
    }

    private static void RequireBytes(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            throw new ImageRejectedException(ImageRejection.Empty, $"Expected {Accepted}; found no bytes.");
        }
    }

    private static SKCodec Open(ReadOnlySpan<byte> file) =>
        SKCodec.Create(new MemoryStream(file.ToArray())) ?? throw Unsupported(file, null);

    private static string MediaType(ReadOnlySpan<byte> file, SKEncodedImageFormat format) => format switch
    {
        SKEncodedImageFormat.Jpeg => "image/jpeg",
        SKEncodedImageFormat.Png => "image/png",
        SKEncodedImageFormat.Webp => "image/webp",
        SKEncodedImageFormat.Bmp => "image/bmp",
        _ => throw Unsupported(file, null),
    };

    private static ImageRejectedException Unsupported(ReadOnlySpan<byte> file, Exception? inner)
    {
        string start = Convert.ToHexString(file[..Math.Min(file.Length, 8)]);
        return new ImageRejectedException(
            ImageRejection.UnsupportedFormat,
            string.Create(CultureInfo.InvariantCulture, $"Expected {Accepted}; found {file.Length} bytes that begin with {start}."),
            inner);
    }
}
