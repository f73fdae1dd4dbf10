using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace DiTask.Model.Vision;

/// <summary>Writes pictures that we make and that are in memory: scenes, panels, contact sheets, overlays.</summary>
/// <remarks>Maps and what the service sends are written row by row, by <see cref="PngWriter"/>.</remarks>
public static class PictureWriter
{
    // A quarter smaller than rows without a filter; a higher level takes four times as long for another fifth.
    private static readonly PngEncoder Encoder = new()
    {
        ColorType = PngColorType.Rgb,
        BitDepth = PngBitDepth.Bit8,
        FilterMethod = PngFilterMethod.Up,
        CompressionLevel = PngCompressionLevel.Level1,
    };

    /// <summary>Writes an 8-bit RGB PNG.</summary>
    public static void WritePng(Stream output, RgbImage picture)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(picture);
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(picture.Pixels, picture.Width, picture.Height);
        image.Save(output, Encoder);
    }
}
