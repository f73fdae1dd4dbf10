namespace SixLabors.ImageSharp.PixelFormats;

public interface IPixel
{
    void FromL8(L8 source);

    void FromL16(L16 source);

    void FromRgb24(Rgb24 source);

    void FromRgb48(Rgb48 source);
}
