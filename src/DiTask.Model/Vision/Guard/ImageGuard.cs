namespace DiTask.Model.Vision.Guard;

/// <summary>Checks the structure of a file before a decoder sees it.</summary>
/// <remarks>
/// Decoders give half a picture for a file that was cut, and work for minutes on a small file that asks for it. The guard knows no decoder:
/// it reads headers and lengths, and counts what is coded. Each rule stands with its reason in the file of its format.
/// </remarks>
internal static class ImageGuard
{
    private const string Accepted = "a JPEG, PNG, WebP or BMP image";

    // Formats that decoders know too, and files that are sent by mistake: named, so that the client sees what to convert.
    private static readonly (string Name, int Offset, byte[] Magic)[] Foreign =
    [
        ("GIF", 0, [.. "GIF8"u8]),
        ("TIFF", 0, [.. "II*\0"u8]),
        ("TIFF", 0, [.. "MM\0*"u8]),
        ("AVIF", 4, [.. "ftypavi"u8]),
        ("HEIC", 4, [.. "ftyphei"u8]),
        ("HEIC", 4, [.. "ftyphev"u8]),
        ("HEIF", 4, [.. "ftypmif1"u8]),
        ("JPEG 2000", 0, [0, 0, 0, 12, .. "jP  "u8]),
        ("JPEG XL", 0, [0, 0, 0, 12, .. "JXL "u8]),
        ("JPEG XL", 0, [0xFF, 0x0A]),
        ("ICO", 0, [0, 0, 1, 0]),
        ("Photoshop", 0, [.. "8BPS"u8]),
        ("PDF", 0, [.. "%PDF"u8]),
        ("SVG", 0, [.. "<svg"u8]),
    ];

    /// <summary>Reads the header; the pixels may be missing.</summary>
    /// <exception cref="ImageRejectedException">The bytes are empty, of another format, or broken in the header.</exception>
    public static StoredHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            throw new ImageRejectedException(ImageRejection.Empty, $"Expected {Accepted}; found no bytes.");
        }

        return JpegGuard.IsMatch(file) ? JpegGuard.ReadHeader(file)
            : PngGuard.IsMatch(file) ? PngGuard.ReadHeader(file)
            : WebpGuard.IsMatch(file) ? WebpGuard.ReadHeader(file)
            : BmpGuard.IsMatch(file) ? BmpGuard.ReadHeader(file)
            : throw Unsupported(file);
    }

    /// <summary>Refuses a file that is not whole or that costs more work than its pixels are worth.</summary>
    /// <returns>The file to decode in place of this one; null to decode this one.</returns>
    /// <exception cref="ImageRejectedException">The file is broken, cut short, or asks for too much work.</exception>
    /// <exception cref="OperationCanceledException">The deadline has passed.</exception>
    public static byte[]? Check(ReadOnlySpan<byte> file, StoredHeader header, DecodeLimits limits, CancellationToken cancellation)
    {
        switch (header.Format)
        {
            case ImageFormat.Jpeg:
                JpegGuard.Check(file, limits, cancellation);
                return null;
            case ImageFormat.Png:
                return PngGuard.Check(file, cancellation);
            case ImageFormat.Webp:
                WebpGuard.Check(file);
                return null;
            default:
                BmpGuard.Check(file);
                return null;
        }
    }

    /// <summary>A refusal of bytes that are broken or end early.</summary>
    public static ImageRejectedException Broken(string message) => new(ImageRejection.Undecodable, message);

    private static ImageRejectedException Unsupported(ReadOnlySpan<byte> file)
    {
        string name = string.Empty;
        foreach ((string format, int offset, byte[] magic) in Foreign)
        {
            if (file.Length > offset && file[offset..].StartsWith(magic))
            {
                name = format + ", ";
                break;
            }
        }

        string start = Convert.ToHexString(file[..Math.Min(file.Length, 8)]);
        return new ImageRejectedException(
            ImageRejection.UnsupportedFormat, $"Expected {Accepted}; found {name}{file.Length} bytes that begin with {start}.");
    }
}
