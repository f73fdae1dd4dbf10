namespace SixLabors.ImageSharp.PixelFormats;

public struct L16(ushort luminance) : IPixel<L16>
{
    public ushort PackedValue { get; set; } = luminance;

    public static bool operator ==(L16 left, L16 right) => left.Equals(right);

    public static bool operator !=(L16 left, L16 right) => !left.Equals(right);

    public void FromL8(L8 source) => PackedValue = ColorNumerics.To16Bit(source.PackedValue);

    public void FromL16(L16 source) => this = source;

    public void FromRgb24(Rgb24 source) => PackedValue = ColorNumerics.Luminance16(
        ColorNumerics.To16Bit(source.R), ColorNumerics.To16Bit(source.G), ColorNumerics.To16Bit(source.B));

    public void FromRgb48(Rgb48 source) => PackedValue = ColorNumerics.Luminance16(source.R, source.G, source.B);

    public readonly bool Equals(L16 other) => PackedValue == other.PackedValue;

    public override readonly bool Equals(object? obj) => obj is L16 other && Equals(other);

    public override readonly int GetHashCode() => PackedValue.GetHashCode();

    public override readonly string ToString() => $"L16({PackedValue})";
}
