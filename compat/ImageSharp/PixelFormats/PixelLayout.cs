namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>The layouts that codecs read and write; each is one pixel type of this subset. Samples are host-endian.</summary>
internal enum PixelLayout
{
    L8,
    L16,
    Rgb24,
    Rgb48,
}
