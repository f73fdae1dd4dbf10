using DiTask.Model.Vision;

namespace DiTask.Cli.Predict;

/// <summary>A photo of the batch in work.</summary>
internal sealed class Photo(ImageFile file) : IDisposable
{
    public ImageFile File { get; } = file;

    /// <summary>The file's bytes; empty once they are decoded.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>Pixels that the header claims.</summary>
    public long PixelCount { get; set; }

    /// <summary>The upright photo; null before it is decoded and where that failed.</summary>
    public RgbImage? Image { get; set; }

    /// <summary>Why it failed; null while it has not.</summary>
    public string? Error { get; set; }

    /// <summary>Names and meanings of the maps written.</summary>
    public Dictionary<string, MapEntry> Maps { get; } = [];

    public void Dispose() => Image?.Dispose();
}
