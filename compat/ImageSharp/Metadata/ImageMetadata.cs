using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace SixLabors.ImageSharp.Metadata;

public sealed class ImageMetadata
{
    public ExifProfile? ExifProfile { get; set; }

    public IImageFormat? DecodedImageFormat { get; internal set; }

    internal PngMetadata Png { get; } = new();

    public ImageMetadata DeepClone()
    {
        ImageMetadata clone = new() { ExifProfile = ExifProfile?.DeepClone(), DecodedImageFormat = DecodedImageFormat };
        foreach (var text in Png.TextData)
        {
            clone.Png.TextData.Add(text);
        }

        return clone;
    }
}
