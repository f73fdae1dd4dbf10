using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

[StructLayout(LayoutKind.Sequential, Pack = 2)]
public struct Rgb48(ushort r, ushort g, ushort b) : IPixel<Rgb48>
{
    public ushort R = r;
    public ushort G = g;
    public ushort B = b;

    public static bool operator ==(Rgb48 left, Rgb48 right) => left.Equals(right);

    public static bool operator !=(Rgb48 left, Rgb48 right) => !left.Equals(right);

    public void FromL8(L8 source) => R = G = B = ColorNumerics.To16Bit(source.PackedValue);

    public void FromL16(L16 source) => R = G = B = source.PackedValue;

    public void FromRgb24(Rgb24 source)
    {
        R = ColorNumerics.To16Bit(source.R);
        G = ColorNumerics.To16Bit(source.G);
        B = ColorNumerics.To16Bit(source.B);
    }

    public void FromRgb48(Rgb48 source) => this = source;

    public readonly bool Equals(Rgb48 other) => R == other.R && G == other.G && B == other.B;

    public override readonly bool Equals(object? obj) => obj is Rgb48 other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(R, G, B);

    public override readonly string ToString() => $"Rgb48({R}, {G}, {B})";
}
