namespace SixLabors.ImageSharp;

public sealed class Configuration
{
    public static Configuration Default { get; } = new();

    /// <summary>Kept for source compatibility: pixel memory of this subset is always one contiguous block.</summary>
    public bool PreferContiguousImageBuffers { get; set; }

    public Configuration Clone() => new() { PreferContiguousImageBuffers = PreferContiguousImageBuffers };
}
