using SixLabors.ImageSharp.Formats.Png.Chunks;

namespace SixLabors.ImageSharp.Formats.Png;

public class PngMetadata
{
    public IList<PngTextData> TextData { get; set; } = [];
}
