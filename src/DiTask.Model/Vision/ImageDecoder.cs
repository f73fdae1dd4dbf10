using System.Globalization;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace DiTask.Model.Vision;

/// <summary>Bytes of a photo to upright RGB pixels; the only code that knows the image library.</summary>
/// <remarks>
/// Accepts JPEG, PNG, WebP and BMP, told apart by their first bytes. The first frame of an animation is taken, alpha is dropped, ICC profiles
/// are ignored, 16-bit channels are reduced to 8: what the training code's conversion to RGB does.
/// </remarks>
public static class ImageDecoder
{
    private const string Accepted = "a JPEG, PNG, WebP or BMP image";

    private static readonly string[] AcceptedTypes = ["image/jpeg", "image/png", "image/webp", "image/bmp"];

    /// <summary>Reads the header only.</summary>
    /// <exception cref="ImageRejectedException">The bytes are empty, of another format, or broken in the header.</exception>
    public static ImageHeader Identify(ReadOnlySpan<byte> file)
    {
        RequireBytes(file);
        try
        {
            ImageInfo info = Image.Identify(file);
            int orientation = Orientation(info.Metadata);
            bool sideways = orientation >= 5;
            return new ImageHeader(sideways ? info.Height : info.Width, sideways ? info.Width : info.Height, MediaType(file, info.Metadata), orientation)
            {
                Frames = AnimationFrames.Count(file),
            };
        }
        catch (Exception exception) when (Rejection(exception, file) is { } rejection)
        {
            throw rejection;
        }
    }

    /// <summary>Decodes an upright picture.</summary>
    /// <exception cref="ImageRejectedException">The bytes are empty, of another format, broken, cut short, or claim too many pixels.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ImageHeader header = Identify(file);
        RequirePixels(header, limits);
        try
        {
            using Image<Rgb24> image = Image.Load<Rgb24>(new DecoderOptions { MaxFrames = 1, TargetSize = ReducedSize(header, limits) }, file);
            image.Mutate(context => context.AutoOrient());
            var upright = new RgbImage(image.Width, image.Height);
            image.CopyPixelDataTo(upright.Pixels);
            return upright;
        }
        catch (Exception exception) when (Rejection(exception, file) is { } rejection)
        {
            throw rejection;
        }
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

    // The library scales to fit inside the target, in the file's own orientation; the aspect is the picture's, so both sides stay large enough.
    private static Size? ReducedSize(ImageHeader header, DecodeLimits limits)
    {
        int shorter = Math.Min(header.Width, header.Height);
        if (limits.FastJpegSide is not { } side || header.MediaType != "image/jpeg" || shorter < 4L * side)
        {
            return null;
        }

        double scale = 2.0 * side / shorter;
        int width = (int)Math.Ceiling(header.Width * scale);
        int height = (int)Math.Ceiling(header.Height * scale);
        return header.Orientation >= 5 ? new Size(height, width) : new Size(width, height);
    }

    private static int Orientation(ImageMetadata metadata) =>
        metadata.ExifProfile is { } exif && exif.TryGetValue(ExifTag.Orientation, out IExifValue<ushort>? value) && value.Value is >= 1 and <= 8
            ? value.Value
            : 1;

    private static string MediaType(ReadOnlySpan<byte> file, ImageMetadata metadata)
    {
        string? type = metadata.DecodedImageFormat?.DefaultMimeType;
        return type is not null && AcceptedTypes.Contains(type) ? type : throw Unsupported(file, null);
    }

    private static ImageRejectedException? Rejection(Exception exception, ReadOnlySpan<byte> file) => exception switch
    {
        UnknownImageFormatException or NotSupportedException => Unsupported(file, exception),
        ImageFormatException => new ImageRejectedException(
            ImageRejection.Undecodable, $"Expected a complete image of {file.Length} bytes; found: {exception.Message}", exception),
        _ => null,
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
