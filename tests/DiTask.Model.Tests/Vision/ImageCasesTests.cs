using DiTask.Model.Vision;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision;

/// <summary>The files that decoders disagree about, tests/Fixtures/cases.</summary>
public sealed class ImageCasesTests
{
    [Theory]
    [InlineData("A0-control-garbage-only", ".jpg")]
    [InlineData("B1-jpeg-sampling-4x2", ".jpg")]
    [InlineData("B3-jpeg-sampling-3x1", ".jpg")]
    [InlineData("B5-jpeg-sampling-chroma-finer", ".jpg")]
    [InlineData("B6-jpeg-cmyk-2x2_1x1_1x1_1x1", ".jpg")]
    [InlineData("D1-png-empty-eXIf", ".png")]
    [InlineData("D2-png-1001-tEXt", ".png")]
    [InlineData("D4-png-iCCP-9MB-inflated", ".png")]
    [InlineData("F1-bmp-rle8", ".bmp")]
    public void Decode_OddButWhole_EqualsItsReference(string name, string extension) =>
        Assert.Equal(Pixels(Case(name + ".reference.png")), Pixels(Case(name + extension)));

    [Theory]
    [InlineData("A0-control-cut-only.jpg")]
    [InlineData("A1-jpeg-garbage-then-cut.jpg")]
    public void Decode_ScanCutBeforeItsEndMarker_IsUndecodable(string name) =>
        AssertRejected(ImageRejection.Undecodable, Case(name), "Expected 80 coded units in scan 1 of the JPEG; found 64");

    [Theory]
    [InlineData("C1-exif-orientation-LONG-le.jpg")]
    [InlineData("C3-exif-orientation-BYTE.jpg")]
    [InlineData("C4-exif-orientation-count-2.jpg")]
    public void Identify_OrientationOfAnyIntegerType_IsObeyed(string name)
    {
        ImageHeader header = ImageDecoder.Identify(Case(name));
        using RgbImage image = ImageDecoder.Decode(Case(name), Limits);

        Assert.Equal((32, 48, 6), (header.Width, header.Height, header.Orientation));
        Assert.Equal((32, 48), (image.Width, image.Height));
    }

    [Fact]
    public void Decode_AnimationWithASmallFirstFrame_PutsItOnTheCanvas()
    {
        byte[] file = Case("E1-webp-animation-sprite.webp");

        ImageHeader header = ImageDecoder.Identify(file);
        using RgbImage image = ImageDecoder.Decode(file, Limits);

        Assert.Equal((64, 64, 2), (header.Width, header.Height, header.Frames));
        int drawn = Enumerable.Range(0, 64 * 64).Count(i => Pixel(image, i % 64, i / 64).Any(channel => channel != 0));
        Assert.InRange(drawn, 1, 21 * 21);
    }
}
