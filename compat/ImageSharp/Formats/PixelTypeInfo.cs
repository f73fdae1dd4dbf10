namespace SixLabors.ImageSharp.Formats;

public readonly struct PixelTypeInfo(int bitsPerPixel)
{
    public int BitsPerPixel { get; } = bitsPerPixel;
}
