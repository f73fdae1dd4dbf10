using System.Diagnostics.CodeAnalysis;

namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>The tags that this subset reads: orientation.</summary>
public sealed class ExifProfile
{
    private readonly Dictionary<ushort, IExifValue> values = [];

    public IReadOnlyList<IExifValue> Values => [.. values.Values];

    public bool TryGetValue<TValueType>(ExifTag<TValueType> tag, [NotNullWhen(true)] out IExifValue<TValueType>? exifValue)
    {
        ArgumentNullException.ThrowIfNull(tag);
        exifValue = values.GetValueOrDefault((ushort)tag) as IExifValue<TValueType>;
        return exifValue is not null;
    }

    public void SetValue<TValueType>(ExifTag<TValueType> tag, TValueType value)
    {
        ArgumentNullException.ThrowIfNull(tag);
        values[(ushort)tag] = new ExifValue<TValueType>(tag, value);
    }

    public bool RemoveValue(ExifTag tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return values.Remove((ushort)tag);
    }

    public ExifProfile DeepClone()
    {
        ExifProfile clone = new();
        if (TryGetValue(ExifTag.Orientation, out IExifValue<ushort>? orientation))
        {
            clone.SetValue(ExifTag.Orientation, orientation.Value);
        }

        return clone;
    }
}
