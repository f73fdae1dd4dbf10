namespace DiTask.Model.Vision;

/// <summary>What a picture may cost, and whether it may be decoded coarsely.</summary>
public sealed record DecodeLimits
{
    /// <summary>Longest side in pixels: the decoder's own limit for PNG.</summary>
    public const int MaxSide = 1_000_000;

    /// <summary>Most pixels of a picture, checked before any is decoded. Default 40 million: 120 MB of RGB.</summary>
    public long MaxPixels { get; init; } = 40_000_000;

    /// <summary>
    /// Most memory in bytes that decoding may take, estimated from the header: 3 bytes per pixel for a JPEG in one scan, 7 for most others,
    /// up to 15 for an interlaced PNG of 16-bit RGBA. Default 512 MiB.
    /// </summary>
    public long MaxBytes { get; init; } = 512L << 20;

    /// <summary>
    /// Most scans of a JPEG times its pixels: each scan is a pass over the whole picture. Default 400 million, ten scans, as encoders write
    /// them, of the largest picture.
    /// </summary>
    public long MaxScanPixels { get; init; } = 400_000_000;

    /// <summary>
    /// Side in pixels that the picture will be resized to; a JPEG at least four times as large is then decoded at a reduced scale, never
    /// below twice this side. Null, the default, decodes every pixel: the coarse picture is several times cheaper for a large photo, but
    /// the reference resizes without a low-pass filter, so that its results and ours then differ visibly in fine texture.
    /// </summary>
    public int? FastJpegSide { get; init; }
}
