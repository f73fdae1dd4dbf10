using DiTask.Model.Vision;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision;

/// <summary>Every pixel of the fixtures, which tests/Fixtures/images/make.py defines.</summary>
public sealed class DecodedFixtureTests
{
    /// <summary>16-bit samples are cut to 8, where make.py's authority rounds.</summary>
    private const int CutTolerance = 1;

    [Theory]
    [InlineData("png-rgb8.png")]
    [InlineData("png-rgb8-interlaced.png")]
    [InlineData("png-rgb8-trns.png")]
    [InlineData("png-rgba8.png")]
    [InlineData("png-palette8.png")]
    [InlineData("webp-lossless.webp")]
    [InlineData("webp-lossless-alpha.webp")]
    [InlineData("bmp-24.bmp")]
    [InlineData("bmp-24-topdown.bmp")]
    [InlineData("bmp-24-core.bmp")]
    [InlineData("bmp-32.bmp")]
    [InlineData("bmp-32-masks.bmp")]
    [InlineData("bmp-8.bmp")]
    public void Decode_LosslessColour_GivesEveryPixelWithoutBlending(string name) => AssertRamp(name, Ramp, 0);

    [Theory]
    [InlineData("png-gray8.png")]
    [InlineData("png-gray8-alpha.png")]
    public void Decode_Gray_GivesEveryPixel(string name) => AssertRamp(name, (x, y) => Gray((byte)((20 * x) + (3 * y))), 0);

    [Theory]
    [InlineData("png-gray1.png", 2)]
    [InlineData("png-gray2.png", 4)]
    [InlineData("png-gray4.png", 16)]
    public void Decode_FewGrayLevels_AreSpreadOver8Bits(string name, int levels) =>
        AssertRamp(name, (x, y) => Gray((byte)((x + y) % levels * 255 / (levels - 1))), 0);

    [Theory]
    [InlineData("png-palette1.png", 2)]
    [InlineData("png-palette2.png", 4)]
    [InlineData("png-palette4.png", 16)]
    public void Decode_SmallPngPalette_GivesItsColours(string name, int colours) =>
        AssertRamp(name, (x, y) => Entry(((y * 13) + x) % colours), 0);

    [Theory]
    [InlineData("bmp-1.bmp", 2)]
    [InlineData("bmp-4.bmp", 16)]
    public void Decode_SmallBmpPalette_GivesItsColours(string name, int colours) => AssertRamp(name, (x, y) => Entry((x + y) % colours), 0);

    [Theory]
    [InlineData("bmp-16-555.bmp", 31)]
    [InlineData("bmp-16-565.bmp", 63)]
    public void Decode_16BitBmp_SpreadsTheChannelsOver8Bits(string name, int greenMax) => AssertRamp(
        name, (x, y) => Ramp(x, y) is var pixel ? [Spread(pixel[0], 31), Spread(pixel[1], greenMax), Spread(pixel[2], 31)] : [], 0);

    [Theory]
    [InlineData("png-gray16.png")]
    [InlineData("png-gray16-alpha.png")]
    public void Decode_Gray16_IsReducedWithoutGamma(string name) =>
        AssertRamp(name, (x, y) => Gray(Rounded((5000 * x) + (77 * y))), CutTolerance);

    [Theory]
    [InlineData("png-rgb16.png")]
    [InlineData("png-rgba16.png")]
    public void Decode_Rgb16_IsReducedWithoutGamma(string name) => AssertRamp(
        name, (x, y) => [Rounded((5000 * x) + 3), Rounded((9000 * y) + 5), Rounded((700 * x) + (1100 * y) + 7)], CutTolerance);

    [Theory]
    [InlineData("jpeg-baseline.jpg")]
    [InlineData("jpeg-progressive.jpg")]
    [InlineData("jpeg-restart.jpg")]
    [InlineData("jpeg-cmyk.jpg")]
    [InlineData("jpeg-ycck.jpg")]
    public void Decode_Jpeg_GivesTheBlocks(string name)
    {
        using RgbImage image = ImageDecoder.Decode(Read(name), Limits);

        AssertBlocks(image);
    }

    // Colour at half the resolution: what is compared are the middles of the blocks.
    [Theory]
    [InlineData("jpeg-420.jpg", 12)]
    [InlineData("webp-lossy.webp", 8)]
    [InlineData("webp-lossy-alpha.webp", 8)]
    [InlineData("webp-animated.webp", 8)]
    [InlineData("webp-orientation6.webp", 8)]
    public void Decode_HalvedColour_GivesTheMiddlesOfTheBlocks(string name, int tolerance)
    {
        using RgbImage image = ImageDecoder.Decode(Read(name), Limits);

        Assert.Equal((24, 16), (image.Width, image.Height));
        for (int y = 4; y < 16; y += 8)
        {
            for (int x = 4; x < 24; x += 8)
            {
                AssertClose(Block(x, y), Pixel(image, x, y), tolerance);
            }
        }
    }

    [Fact]
    public void Decode_GrayJpeg_GivesTheLumaInEveryChannel()
    {
        using RgbImage image = ImageDecoder.Decode(Read("jpeg-gray.jpg"), Limits);

        for (int y = 0; y < 16; y++)
        {
            for (int x = 0; x < 24; x++)
            {
                // ITU-R 601, with which the file was made.
                byte[] block = Block(x, y);
                AssertClose(Gray((byte)((block[0] * .299) + (block[1] * .587) + (block[2] * .114) + .5)), Pixel(image, x, y), 2);
            }
        }
    }

    [Fact]
    public void Decode_PngWithOrientation_IsUprightToThePixel()
    {
        using RgbImage image = ImageDecoder.Decode(Read("png-orientation6.png"), Limits);

        Assert.Equal((24, 16), (image.Width, image.Height));
        for (int y = 0; y < 16; y++)
        {
            for (int x = 0; x < 24; x++)
            {
                Assert.Equal(Block(x, y), Pixel(image, x, y));
            }
        }
    }

    [Fact]
    public void Decode_ManyThreads_AllGetTheSamePixels()
    {
        string[] names = ["jpeg-baseline.jpg", "jpeg-progressive.jpg", "jpeg-cmyk.jpg", "png-rgb8.png", "webp-lossless.webp", "bmp-8.bmp"];
        byte[][] files = [.. names.Select(Read)], expected = [.. files.Select(file => Pixels(file))];

        Parallel.For(0, 240, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Assert.Equal(expected[i % 6], Pixels(files[i % 6])));
    }

    private static byte[] Gray(byte value) => [value, value, value];

    private static byte[] Entry(int index) => Ramp(index % 13, index / 13);

    private static byte Rounded(int sample) => (byte)Math.Round(sample / 257.0);

    private static byte Spread(byte sample, int max) => (byte)Math.Round(sample * max / 255 * 255.0 / max);

    private static void AssertRamp(string name, Func<int, int, byte[]> expected, int tolerance)
    {
        using RgbImage image = ImageDecoder.Decode(Read(name), Limits);

        Assert.Equal((13, 7), (image.Width, image.Height));
        for (int y = 0; y < 7; y++)
        {
            for (int x = 0; x < 13; x++)
            {
                AssertClose(expected(x, y), Pixel(image, x, y), tolerance);
            }
        }
    }
}
