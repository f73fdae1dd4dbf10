namespace SixLabors.ImageSharp.Formats;

public sealed class DecoderOptions
{
    private readonly uint maxFrames = int.MaxValue;

    public Configuration Configuration { get; init; } = Configuration.Default;

    /// <summary>
    /// The picture is scaled, up or down, to the largest size with its aspect that fits in this box; JPEG is first decoded at
    /// 1/2, 1/4 or 1/8 where that still covers the box. As in the original, a picture that has one side in common stays as it is.
    /// </summary>
    public Size? TargetSize { get; init; }

    /// <summary>Without metadata there is no orientation, and AutoOrient changes nothing.</summary>
    public bool SkipMetadata { get; init; }

    /// <summary>Kept for source compatibility: this subset reads one frame.</summary>
    public uint MaxFrames
    {
        get => maxFrames;
        init => maxFrames = Math.Clamp(value, 1, int.MaxValue);
    }

    internal static DecoderOptions Default { get; } = new();
}
