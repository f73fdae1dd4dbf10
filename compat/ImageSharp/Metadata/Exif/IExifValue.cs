namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

public interface IExifValue
{
    ExifTag Tag { get; }

    object? GetValue();
}
