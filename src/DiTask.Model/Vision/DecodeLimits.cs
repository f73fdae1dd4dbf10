namespace DiTask.Model.Vision;

/// <summary>What a picture may cost, and whether it may be decoded coarsely.</summary>
public sealed record DecodeLimits
{
    /// <summary>Most pixels of a picture, checked before any is decoded. Default 40 million: 120 MB of RGB.</summary>
    public long MaxPixels { get; init; } = 40_000_000;

    /// <summary>
    /// Side in pixels that the picture will be resized to; a JPEG at least four times as large is then decoded at a reduced scale, never
    /// below twice this side. Null, the default, decodes every pixel: the coarse picture is several times cheaper for a large photo, but the
    /// reference resizes without a low-pass filter, so that its results and ours then differ visibly in fine texture.
    /// </summary>
    public int? FastJpegSide { get; init; }
}
