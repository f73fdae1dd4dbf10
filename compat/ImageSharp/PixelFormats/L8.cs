namespace SixLabors.ImageSharp.PixelFormats;

public struct L8(byte luminance) : IPixel<L8>
{
    public byte PackedValue { get; set; } = luminance;

    public static bool operator ==(L8 left, L8 right) => left.Equals(right);

    public static bool operator !=(L8 left, L8 right) => !left.Equals(right);

    public void FromL8(L8 source) => this = source;

    public void FromL16(L16 source) => PackedValue = ColorNumerics.To8Bit(source.PackedValue);

    public void FromRgb24(Rgb24 source) => PackedValue = ColorNumerics.Luminance8(source.R, source.G, source.B);

    public void FromRgb48(Rgb48 source) => PackedValue = ColorNumerics.Luminance8(
        ColorNumerics.To8Bit(source.R), ColorNumerics.To8Bit(source.G), ColorNumerics.To8Bit(source.B));

    public readonly bool Equals(L8 other) => PackedValue == other.PackedValue;

    public override readonly bool Equals(object? obj) => obj is L8 other && Equals(other);

    public override readonly int GetHashCode() => PackedValue.GetHashCode();

    public override readonly string ToString() => $"L8({PackedValue})";
}
