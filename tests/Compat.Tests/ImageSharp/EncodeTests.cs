using System.Text;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Png.Chunks;
using SixLabors.ImageSharp.PixelFormats;

namespace Compat.Tests.ImageSharp;

public class EncodeTests
{
    private static readonly Size Size = TestPictures.RampSize;

    [Fact]
    public void SaveAsPng_EveryPixelType_RoundTrips()
    {
        AssertRoundTrip(TestPictures.RampGray, colorType: 0, bitDepth: 8);
        AssertRoundTrip(TestPictures.RampGray16, colorType: 0, bitDepth: 16);
        AssertRoundTrip(TestPictures.Ramp, colorType: 2, bitDepth: 8);
        AssertRoundTrip(TestPictures.Ramp16, colorType: 2, bitDepth: 16);
    }

    [Theory]
    [InlineData(PngFilterMethod.None, PngCompressionLevel.NoCompression)]
    [InlineData(PngFilterMethod.Sub, PngCompressionLevel.BestSpeed)]
    [InlineData(PngFilterMethod.Up, PngCompressionLevel.DefaultCompression)]
    [InlineData(PngFilterMethod.Average, PngCompressionLevel.Level4)]
    [InlineData(PngFilterMethod.Paeth, PngCompressionLevel.BestCompression)]
    [InlineData(PngFilterMethod.Adaptive, PngCompressionLevel.Level7)]
    public void SaveAsPng_EveryFilterAndLevel_RoundTrips(PngFilterMethod filter, PngCompressionLevel level) =>
        AssertRoundTrip(TestPictures.Ramp, 2, 8, new PngEncoder { FilterMethod = filter, CompressionLevel = level });

    [Fact]
    public void SaveAsPng_HigherLevel_IsSmaller()
    {
        using var photo = Image.Load<Rgb24>(TestPictures.Read("photo.png"));

        int stored = Saved(photo, new PngEncoder { CompressionLevel = PngCompressionLevel.NoCompression }).Length;
        int best = Saved(photo, new PngEncoder { CompressionLevel = PngCompressionLevel.BestCompression }).Length;

        Assert.True(stored > 1200 * 900 * 3, $"{stored} bytes");
        Assert.True(best < stored / 10, $"{best} bytes");
    }

    [Fact]
    public void SaveAsPng_AskedForAnotherColourTypeAndDepth_Converts()
    {
        using var colour = Picture(TestPictures.Ramp);
        using var gray = Picture(TestPictures.RampGray);

        byte[] gray16 = Saved(colour, new PngEncoder { ColorType = PngColorType.Grayscale, BitDepth = PngBitDepth.Bit16 });
        byte[] rgb8 = Saved(gray, new PngEncoder { ColorType = PngColorType.Rgb });

        Assert.Equal((16, 0), (gray16[24], gray16[25]));
        Assert.Equal((8, 2), (rgb8[24], rgb8[25]));
        using var back = Image.Load<Rgb24>(rgb8);
        byte value = TestPictures.RampGray(3, 4).PackedValue;
        Assert.Equal(new Rgb24(value, value, value), back[3, 4]);
    }

    [Fact]
    public void SaveAsPng_PaletteAsked_SaysWhatIsSupported()
    {
        using var image = Picture(TestPictures.Ramp);

        Assert.Throws<NotSupportedException>(() => Saved(image, new PngEncoder { ColorType = PngColorType.Palette }));
    }

    [Fact]
    public void SaveAsPng_TextData_IsWrittenAndReadBack()
    {
        using var image = Picture(TestPictures.RampGray);
        image.Metadata.GetPngMetadata().TextData.Add(new PngTextData("Software", "DiTask 0.1", string.Empty, string.Empty));
        image.Metadata.GetPngMetadata().TextData.Add(new PngTextData("Title", "Straße ☂", "de", "Titel"));

        byte[] png = Saved(image, new PngEncoder());

        string latin = Encoding.Latin1.GetString(png);
        Assert.Contains("tEXtSoftware\0DiTask 0.1", latin, StringComparison.Ordinal);
        Assert.Contains("iTXtTitle\0\0\0de\0Titel\0", latin, StringComparison.Ordinal);
        using var back = Image.Load<L8>(png);
        Assert.Equal(image.Metadata.GetPngMetadata().TextData, back.Metadata.GetPngMetadata().TextData);
        TestPictures.AssertEqual(back, Size, TestPictures.RampGray);
    }

    [Fact]
    public void SaveAsPng_SkipMetadata_WritesNoText()
    {
        using var image = Picture(TestPictures.RampGray);
        image.Metadata.GetPngMetadata().TextData.Add(new PngTextData("Software", "DiTask", string.Empty, string.Empty));

        Assert.DoesNotContain("tEXt", Encoding.Latin1.GetString(Saved(image, new PngEncoder { SkipMetadata = true })), StringComparison.Ordinal);
    }

    [Fact]
    public void SaveAsPng_KeywordOf80Characters_Throws()
    {
        using var image = Picture(TestPictures.RampGray);
        image.Metadata.GetPngMetadata().TextData.Add(new PngTextData(new string('k', 80), "v", string.Empty, string.Empty));

        Assert.Throws<ImageProcessingException>(() => Saved(image, new PngEncoder()));
    }

    [Theory]
    [InlineData(95, 3)]
    [InlineData(50, 12)]
    public void SaveAsJpeg_Quality_BoundsTheError(int quality, double meanError)
    {
        using var photo = Image.Load<Rgb24>(TestPictures.Read("photo.jpg"));
        using MemoryStream stream = new();

        photo.SaveAsJpeg(stream, new JpegEncoder { Quality = quality });

        using var back = Image.Load<Rgb24>(stream.ToArray());
        Assert.Equal(photo.Size, back.Size);
        byte[] before = new byte[1200 * 900 * 3];
        byte[] after = new byte[before.Length];
        photo.CopyPixelDataTo(before);
        back.CopyPixelDataTo(after);
        Assert.InRange(before.Zip(after, (a, b) => (double)Math.Abs(a - b)).Average(), 0, meanError);
    }

    [Fact]
    public void SaveAsJpeg_LowerQuality_IsSmaller()
    {
        using var photo = Image.Load<Rgb24>(TestPictures.Read("photo.jpg"));

        static long Length(Image image, JpegEncoder encoder)
        {
            using MemoryStream stream = new();
            image.SaveAsJpeg(stream, encoder);
            return stream.Length;
        }

        Assert.True(Length(photo, new JpegEncoder { Quality = 30 }) < Length(photo, new JpegEncoder()));
        Assert.True(Length(photo, new JpegEncoder()) < Length(photo, new JpegEncoder { Quality = 95 }));
    }

    [Fact]
    public void SaveAsJpeg_WideAndGrayPixels_AreConverted()
    {
        using var wide = Picture(TestPictures.Ramp16);
        using var gray = Picture(TestPictures.RampGray16);
        using MemoryStream colourFile = new();
        using MemoryStream grayFile = new();

        wide.SaveAsJpeg(colourFile, new JpegEncoder { Quality = 100 });
        gray.SaveAsJpeg(grayFile, new JpegEncoder { Quality = 100 });

        using var back = Image.Load<L8>(grayFile.ToArray());
        Assert.InRange(back[5, 3].PackedValue - (TestPictures.RampGray16(5, 3).PackedValue / 257), -2, 2);
        Assert.Equal(Size, Image.Identify(colourFile.ToArray()).Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void JpegEncoder_QualityOutOfRange_Throws(int quality) =>
        Assert.Throws<ArgumentException>(() => new JpegEncoder { Quality = quality });

    [Fact]
    public void Save_Path_ChoosesTheFormatByExtension()
    {
        string folder = Directory.CreateTempSubdirectory("ditask-image-").FullName;
        try
        {
            using var image = Picture(TestPictures.Ramp);

            image.Save(Path.Combine(folder, "a.PNG"));
            image.Save(Path.Combine(folder, "a.jpeg"));

            Assert.Equal("PNG", Image.DetectFormat(File.ReadAllBytes(Path.Combine(folder, "a.PNG"))).Name);
            Assert.Equal("JPEG", Image.DetectFormat(File.ReadAllBytes(Path.Combine(folder, "a.jpeg"))).Name);
            Assert.Throws<UnknownImageFormatException>(() => image.Save(Path.Combine(folder, "a.xyz")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertRoundTrip<TPixel>(Func<int, int, TPixel> pixel, int colorType, int bitDepth, PngEncoder? encoder = null)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using var image = Picture(pixel);

        byte[] png = Saved(image, encoder ?? new PngEncoder());

        Assert.Equal((bitDepth, colorType), (png[24], png[25]));
        using var back = Image.Load<TPixel>(png);
        TestPictures.AssertEqual(back, Size, pixel);
    }

    private static byte[] Saved(Image image, PngEncoder encoder)
    {
        using MemoryStream stream = new();
        image.SaveAsPng(stream, encoder);
        return stream.ToArray();
    }

    private static Image<TPixel> Picture<TPixel>(Func<int, int, TPixel> pixel)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        TPixel[] pixels = new TPixel[Size.Width * Size.Height];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = pixel(i % Size.Width, i / Size.Width);
        }

        return Image.LoadPixelData<TPixel>(pixels, Size.Width, Size.Height);
    }
}
