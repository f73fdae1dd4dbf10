namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

internal sealed class ExifValue<TValueType>(ExifTag tag, TValueType value) : IExifValue<TValueType>
{
    public ExifTag Tag { get; } = tag;

    public TValueType? Value { get; set; } = value;

    public object? GetValue() => Value;
}
