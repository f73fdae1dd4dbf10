using DiTask.Model.Vision;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision;

public sealed class PictureWriterTests
{
    [Theory]
    [InlineData("png-rgb8.png")]
    [InlineData("photo.jpg")]
    public void WritePng_AnyPicture_KeepsEveryPixel(string name)
    {
        using RgbImage picture = ImageDecoder.Decode(Read(name), Limits);
        using MemoryStream written = new(), served = new();

        PictureWriter.WritePng(written, picture);
        MapEncoder.WriteRgb(served, picture);

        // Read by the library that decodes, by our own reader, and as the other writer writes it.
        PngSamples samples = PngReader.Read(written.ToArray(), Limits.MaxPixels, System.IO.Hashing.Crc32.HashToUInt32);
        Assert.Equal((PngColor.Rgb, 8, picture.Width, picture.Height), (samples.Color, samples.Bits, samples.Width, samples.Height));
        Assert.Equal(picture.Pixels.ToArray(), samples.Values.Select(value => (byte)value));
        Assert.Equal(picture.Pixels.ToArray(), Pixels(written.ToArray()));
        Assert.Equal(picture.Pixels.ToArray(), Pixels(served.ToArray()));
    }
}
