using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Vision;

public sealed class ImageDecoderTests
{
    // What JPEG leaves of flat squares at quality 95.
    private const int LossyTolerance = 6;

    // tests/Fixtures/images/make.py, picture "blocks", 24x16: six flat squares of 8x8.
    private static readonly byte[][] Blocks = [[200, 30, 30], [30, 200, 30], [30, 30, 200], [220, 220, 40], [40, 220, 220], [120, 120, 120]];

    private static readonly DecodeLimits Limits = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Decode_EveryExifOrientation_IsTheSameUprightPicture(int orientation)
    {
        byte[] file = Read($"jpeg-orientation{orientation}.jpg");

        ImageHeader header = ImageDecoder.Identify(file);
        using RgbImage image = ImageDecoder.Decode(file, Limits);

        Assert.Equal(new ImageHeader(24, 16, "image/jpeg", orientation), header);
        AssertBlocks(image);
    }

    [Theory]
    [InlineData("photo.jpg", "image/jpeg")]
    [InlineData("photo.png", "image/png")]
    [InlineData("photo.webp", "image/webp")]
    public void Decode_Photo_HasTheSizeOfItsHeader(string name, string mediaType)
    {
        byte[] file = Read(name);

        ImageHeader header = ImageDecoder.Identify(file);
        using RgbImage image = ImageDecoder.Decode(file, Limits);

        Assert.Equal(new ImageHeader(1200, 900, mediaType, 1), header);
        Assert.Equal((1200, 900), (image.Width, image.Height));
    }

    // Picture "ramp", 13x7: R = 20x, G = 40y, B = 7x + 11y.
    [Theory]
    [InlineData("png-rgb8.png", "image/png")]
    [InlineData("png-rgba8.png", "image/png")]
    [InlineData("png-palette8.png", "image/png")]
    [InlineData("webp-lossless.webp", "image/webp")]
    [InlineData("webp-lossless-alpha.webp", "image/webp")]
    [InlineData("bmp-24.bmp", "image/bmp")]
    [InlineData("bmp-32.bmp", "image/bmp")]
    public void Decode_LosslessFormats_AreExact(string name, string mediaType)
    {
        byte[] file = Read(name);

        using RgbImage image = ImageDecoder.Decode(file, Limits);

        Assert.Equal(mediaType, ImageDecoder.Identify(file).MediaType);
        Assert.Equal((13, 7), (image.Width, image.Height));
        for (int y = 0; y < 7; y++)
        {
            for (int x = 0; x < 13; x++)
            {
                Assert.Equal([(byte)(20 * x), (byte)(40 * y), (byte)((7 * x) + (11 * y))], image.Row(y).Slice(3 * x, 3).ToArray());
            }
        }
    }

    [Fact]
    public void Decode_NoBytes_IsEmpty() => AssertRejected(ImageRejection.Empty, [], "no bytes");

    [Theory]
    [InlineData("%PDF-1.7 not an image at all", "25504446")]
    [InlineData("x", "1 bytes that begin with 78")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "3C737667")]
    public void Decode_OtherFormat_NamesWhatIsAcceptedAndWhatWasFound(string content, string found)
    {
        byte[] file = System.Text.Encoding.ASCII.GetBytes(content);

        AssertRejected(ImageRejection.UnsupportedFormat, file, found);
        AssertRejected(ImageRejection.UnsupportedFormat, file, "a JPEG, PNG, WebP or BMP image");
    }

    [Fact]
    public void Decode_Gif_IsUnsupported() => AssertRejected(ImageRejection.UnsupportedFormat, Read("gif-animated.gif"), "47494638");

    [Fact]
    public void Decode_TooManyPixels_IsRefusedBeforeDecoding()
    {
        // The pixels are missing: had decoding begun, the refusal would be another.
        byte[] header = Read("photo.png")[..2000];

        ImageRejectedException exception = Assert.Throws<ImageRejectedException>(() => ImageDecoder.Decode(header, Limits with { MaxPixels = 1_079_999 }));

        Assert.Equal(ImageRejection.TooManyPixels, exception.Reason);
        Assert.Contains("at most 1079999 pixels; found 1200x900 = 1080000", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpeg-baseline.jpg")]
    [InlineData("jpeg-progressive.jpg")]
    [InlineData("png-rgb8.png")]
    [InlineData("webp-lossy.webp")]
    [InlineData("bmp-24.bmp")]
    public void Decode_TruncatedAtEveryByte_IsRejectedOrWhole(string name)
    {
        byte[] file = Read(name);
        using RgbImage whole = ImageDecoder.Decode(file, Limits);
        int rejected = 0;
        for (int length = 0; length < file.Length; length++)
        {
            try
            {
                // A trailing marker or chunk may be missing; half a picture may not.
                using RgbImage image = ImageDecoder.Decode(file.AsSpan(0, length), Limits);
                Assert.Equal(whole.Pixels, image.Pixels);
            }
            catch (ImageRejectedException)
            {
                rejected++;
            }
        }

        Assert.True(rejected >= file.Length * 9 / 10, $"{name}: only {rejected} of {file.Length} truncations were rejected.");
    }

    [Fact]
    public void Decode_RandomDamage_NeverThrowsAnythingElse()
    {
        Random random = new(3);
        foreach (string name in new[] { "jpeg-baseline.jpg", "png-rgb8.png", "webp-lossy.webp", "bmp-24.bmp" })
        {
            byte[] file = Read(name);
            for (int i = 0; i < 300; i++)
            {
                byte[] damaged = [.. file];
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                try
                {
                    ImageDecoder.Decode(damaged, Limits).Dispose();
                }
                catch (ImageRejectedException)
                {
                }
            }
        }
    }

    [Fact]
    public void Decode_FastJpeg_IsSmallerAndStillTwiceTheSide()
    {
        byte[] file = Read("photo.jpg");

        using RgbImage full = ImageDecoder.Decode(file, Limits);
        using RgbImage fast = ImageDecoder.Decode(file, Limits with { FastJpegSide = 64 });
        using RgbImage tooSmallToBother = ImageDecoder.Decode(file, Limits with { FastJpegSide = 448 });

        Assert.Equal((1200, 900), (full.Width, full.Height));
        Assert.InRange(fast.Height, 128, 300);
        Assert.Equal(4.0 / 3, (double)fast.Width / fast.Height, 0.05);
        Assert.Equal((1200, 900), (tooSmallToBother.Width, tooSmallToBother.Height));
    }

    private static byte[] Read(string name) => File.ReadAllBytes(Fixture.Path("images", name));

    private static void AssertRejected(ImageRejection reason, byte[] file, string part)
    {
        ImageRejectedException exception = Assert.Throws<ImageRejectedException>(() => ImageDecoder.Decode(file, Limits));

        Assert.Equal(reason, exception.Reason);
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        Assert.Equal(reason, Assert.Throws<ImageRejectedException>(() => ImageDecoder.Identify(file)).Reason);
    }

    private static void AssertBlocks(RgbImage image)
    {
        Assert.Equal((24, 16), (image.Width, image.Height));
        for (int y = 0; y < 16; y++)
        {
            for (int x = 0; x < 24; x++)
            {
                byte[] expected = Blocks[(x / 8) + (3 * (y / 8))];
                for (int channel = 0; channel < 3; channel++)
                {
                    Assert.InRange(image.Row(y)[(3 * x) + channel], expected[channel] - LossyTolerance, expected[channel] + LossyTolerance);
                }
            }
        }
    }
}
