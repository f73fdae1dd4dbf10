using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Compat.Tests.ImageSharp;

public class DecodeTests
{
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
    public void Load_LosslessColour_GivesEveryPixelWithoutBlending(string name)
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read(name));

        TestPictures.AssertEqual(image, TestPictures.RampSize, TestPictures.Ramp);
    }

    [Theory]
    [InlineData("jpeg-baseline.jpg")]
    [InlineData("jpeg-progressive.jpg")]
    [InlineData("jpeg-restart.jpg")]
    [InlineData("jpeg-cmyk.jpg")]
    [InlineData("jpeg-ycck.jpg")]
    [InlineData("webp-lossy.webp")]
    [InlineData("webp-lossy-alpha.webp")]
    [InlineData("webp-animated.webp")]
    public void Load_LossyColour_GivesTheBlocks(string name)
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read(name));

        // WebP halves the resolution of colour: what is compared are the middles of the blocks.
        if (name.EndsWith(".webp", StringComparison.Ordinal))
        {
            AssertMiddles(image, 8);
        }
        else
        {
            TestPictures.AssertBlocks(image);
        }
    }

    [Fact]
    public void Load_JpegWithHalvedChroma_GivesTheBlocks()
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read("jpeg-420.jpg"));

        AssertMiddles(image, 12);
    }

    [Fact]
    public void Load_GrayJpeg_GivesTheLumaInEveryChannel()
    {
        using var colour = Image.Load<Rgb24>(TestPictures.Read("jpeg-gray.jpg"));
        using var gray = Image.Load<L8>(TestPictures.Read("jpeg-gray.jpg"));

        // ITU-R 601, with which the file was made.
        static byte Luma(Rgb24 pixel) => (byte)((pixel.R * .299) + (pixel.G * .587) + (pixel.B * .114) + .5);
        for (int y = 0; y < 16; y++)
        {
            for (int x = 0; x < 24; x++)
            {
                byte expected = Luma(TestPictures.Block(x, y));
                TestPictures.AssertClose(new Rgb24(expected, expected, expected), colour[x, y], 2, x, y);
                Assert.Equal(gray[x, y].PackedValue, colour[x, y].R);
            }
        }
    }

    [Theory]
    [InlineData("png-gray8.png")]
    [InlineData("png-gray8-alpha.png")]
    public void Load_Gray8Png_GivesEveryPixel(string name)
    {
        using var gray = Image.Load<L8>(TestPictures.Read(name));
        using var colour = Image.Load<Rgb24>(TestPictures.Read(name));

        TestPictures.AssertEqual(gray, TestPictures.RampSize, TestPictures.RampGray);
        TestPictures.AssertEqual(colour, TestPictures.RampSize, (x, y) =>
        {
            byte value = TestPictures.RampGray(x, y).PackedValue;
            return new Rgb24(value, value, value);
        });
    }

    [Theory]
    [InlineData("png-gray16.png")]
    [InlineData("png-gray16-alpha.png")]
    public void Load_Gray16Png_GivesEveryPixelAndRoundsTo8Bits(string name)
    {
        using var gray = Image.Load<L16>(TestPictures.Read(name));
        using var colour = Image.Load<Rgb24>(TestPictures.Read(name));

        TestPictures.AssertEqual(gray, TestPictures.RampSize, TestPictures.RampGray16);
        TestPictures.AssertEqual(colour, TestPictures.RampSize, (x, y) =>
        {
            byte value = Rounded(TestPictures.RampGray16(x, y).PackedValue);
            return new Rgb24(value, value, value);
        });
    }

    [Theory]
    [InlineData("png-rgb16.png")]
    [InlineData("png-rgba16.png")]
    public void Load_Rgb16Png_GivesEveryPixelAndRoundsTo8BitsWithoutGamma(string name)
    {
        using var wide = Image.Load<Rgb48>(TestPictures.Read(name));
        using var narrow = Image.Load<Rgb24>(TestPictures.Read(name));

        TestPictures.AssertEqual(wide, TestPictures.RampSize, TestPictures.Ramp16);
        TestPictures.AssertEqual(narrow, TestPictures.RampSize, (x, y) =>
        {
            Rgb48 pixel = TestPictures.Ramp16(x, y);
            return new Rgb24(Rounded(pixel.R), Rounded(pixel.G), Rounded(pixel.B));
        });
    }

    [Theory]
    [InlineData("png-gray1.png", 2)]
    [InlineData("png-gray2.png", 4)]
    [InlineData("png-gray4.png", 16)]
    public void Load_FewGrayLevels_AreSpreadOver8Bits(string name, int levels)
    {
        using var gray = Image.Load<L8>(TestPictures.Read(name));

        TestPictures.AssertEqual(gray, TestPictures.RampSize, (x, y) => new L8((byte)((x + y) % levels * 255 / (levels - 1))));
    }

    [Theory]
    [InlineData("png-palette1.png", 2)]
    [InlineData("png-palette2.png", 4)]
    [InlineData("png-palette4.png", 16)]
    public void Load_SmallPalette_GivesItsColours(string name, int colours)
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read(name));

        TestPictures.AssertEqual(image, TestPictures.RampSize, (x, y) => PaletteColour(((y * 13) + x) % colours));
    }

    [Theory]
    [InlineData("bmp-1.bmp", 2)]
    [InlineData("bmp-4.bmp", 16)]
    public void Load_SmallBmpPalette_GivesItsColours(string name, int colours)
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read(name));

        TestPictures.AssertEqual(image, TestPictures.RampSize, (x, y) => PaletteColour((x + y) % colours));
    }

    [Theory]
    [InlineData("bmp-16-555.bmp", 31)]
    [InlineData("bmp-16-565.bmp", 63)]
    public void Load_16BitBmp_SpreadsTheChannelsOver8Bits(string name, int greenMax)
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read(name));

        TestPictures.AssertEqual(image, TestPictures.RampSize, (x, y) =>
        {
            Rgb24 pixel = TestPictures.Ramp(x, y);
            return new Rgb24(Spread(pixel.R, 31), Spread(pixel.G, greenMax), Spread(pixel.B, 31));
        });
    }

    [Fact]
    public void Load_FromStreamAndPath_EqualsLoadFromBytes()
    {
        byte[] bytes = TestPictures.Read("png-rgb8.png");
        using MemoryStream stream = new(bytes);

        using var fromStream = Image.Load<Rgb24>(stream);
        using var fromPath = Image.Load<Rgb24>(DiTask.Tests.Fixture.Path("images", "png-rgb8.png"));

        TestPictures.AssertEqual(fromStream, TestPictures.RampSize, TestPictures.Ramp);
        TestPictures.AssertEqual(fromPath, TestPictures.RampSize, TestPictures.Ramp);
    }

    [Fact]
    public void Load_ManyThreads_AllGetTheSamePixels()
    {
        string[] names = ["jpeg-baseline.jpg", "jpeg-progressive.jpg", "jpeg-cmyk.jpg", "png-rgb8.png", "webp-lossless.webp", "bmp-8.bmp"];
        byte[][] files = [.. names.Select(TestPictures.Read)];

        Parallel.For(0, 240, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var image = Image.Load<Rgb24>(files[i % files.Length]);
            if (i % files.Length < 3)
            {
                TestPictures.AssertBlocks(image);
            }
            else
            {
                TestPictures.AssertEqual(image, TestPictures.RampSize, TestPictures.Ramp);
            }
        });
    }

    private static void AssertMiddles(Image<Rgb24> image, int tolerance)
    {
        Assert.Equal(TestPictures.BlocksSize, image.Size);
        for (int y = 4; y < 16; y += 8)
        {
            for (int x = 4; x < 24; x += 8)
            {
                TestPictures.AssertClose(TestPictures.Block(x, y), image[x, y], tolerance, x, y);
            }
        }
    }

    private static byte Rounded(ushort sample) => (byte)Math.Round(sample / 257.0);

    private static byte Spread(byte sample, int max) => (byte)Math.Round(sample * max / 255 * 255.0 / max);

    private static Rgb24 PaletteColour(int index) => TestPictures.Ramp(index % 13, index / 13);
}
