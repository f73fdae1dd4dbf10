namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

public abstract class ExifTag : IEquatable<ExifTag>
{
    private readonly ushort value;

    internal ExifTag(ushort value) => this.value = value;

    public static ExifTag<ushort> Orientation { get; } = new(0x0112);

    public static explicit operator ushort(ExifTag tag) => tag?.value ?? ushort.MaxValue;

    public static bool operator ==(ExifTag? left, ExifTag? right) => Equals(left, right);

    public static bool operator !=(ExifTag? left, ExifTag? right) => !Equals(left, right);

    public bool Equals(ExifTag? other) => value == other?.value;

    public override bool Equals(object? obj) => Equals(obj as ExifTag);

    public override int GetHashCode() => value.GetHashCode();
}
