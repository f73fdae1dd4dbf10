using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Compat.Tests.ImageSharp;

public class DamageTests
{
    private const int FlipsPerFile = 400;

    public static TheoryData<string> Everything => new(
        Directory.EnumerateFiles(DiTask.Tests.Fixture.Path("images"))
            .Select(path => Path.GetFileName(path)!)
            .Where(name => Path.GetExtension(name) is ".jpg" or ".png" or ".webp" or ".bmp")
            .Where(name => !name.StartsWith("photo", StringComparison.Ordinal) && name is not "bmp-8-rle.bmp")
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Everything))]
    public void Load_CutAtEveryByte_ThrowsAndNeverGivesAPartOfAPicture(string name)
    {
        byte[] bytes = TestPictures.Read(name);
        for (int length = 0; length < bytes.Length; length++)
        {
            ReadOnlySpan<byte> cut = bytes.AsSpan(0, length);
            try
            {
                using var image = Image.Load<Rgb24>(cut);

                Assert.True(bytes.Length - length <= DispensableBytes(name), $"{length} of {bytes.Length} bytes of {name} gave {image}.");
            }
            catch (ImageFormatException)
            {
            }
        }
    }

    [Theory]
    [InlineData("photo.jpg")]
    [InlineData("photo.png")]
    [InlineData("photo.webp")]
    public void Load_PhotoCutInTheMiddle_Throws(string name)
    {
        byte[] bytes = TestPictures.Read(name);
        foreach (int percent in new[] { 1, 10, 50, 90, 99 })
        {
            Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(bytes.AsSpan(0, bytes.Length * percent / 100)));
        }
    }

    [Theory]
    [InlineData("jpeg-baseline.jpg")]
    [InlineData("jpeg-progressive.jpg")]
    public void Load_JpegWithItsMiddleRemoved_ThrowsAlthoughTheEndMarkerIsThere(string name)
    {
        byte[] bytes = TestPictures.Read(name);
        byte[] shortened = [.. bytes.AsSpan(0, bytes.Length - 40), 0xFF, 0xD9];

        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(shortened));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Load_BytesAfterTheEnd_AreIgnored(string name)
    {
        using var image = Image.Load<Rgb24>([.. TestPictures.Read(name), 1, 2, 3, 4, 5, 6, 7, 8, 9]);

        Assert.True(image.Width > 0);
    }

    // A flipped bit may make another valid picture; what may not happen is any other exception, or the end of the process.
    [Theory]
    [MemberData(nameof(Everything))]
    public void LoadAndIdentify_FlippedBits_ThrowImageFormatExceptionAtWorst(string name)
    {
        byte[] bytes = TestPictures.Read(name);
        Random random = new(name.Length * 1000);
        for (int i = 0; i < FlipsPerFile; i++)
        {
            byte[] damaged = [.. bytes];
            for (int flips = random.Next(1, 5); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                // A flipped header may ask for more memory than a test should take.
                if (Image.Identify(damaged) is { Width: <= 4096, Height: <= 4096 })
                {
                    Image.Load<Rgb24>(damaged).Dispose();
                }
            }
            catch (ImageFormatException)
            {
            }
        }
    }

    [Fact]
    public void Load_RandomBytesBehindAMagicNumber_ThrowImageFormatException()
    {
        Random random = new(7);
        byte[][] magics = [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10], [.. "RIFF\u0040\0\0\0WEBPVP8 "u8], [.. "BM"u8]];
        for (int i = 0; i < 2000; i++)
        {
            byte[] tail = new byte[random.Next(200)];
            random.NextBytes(tail);

            Assert.ThrowsAny<ImageFormatException>(() => Image.Load<Rgb24>([.. magics[i % magics.Length], .. tail]));
        }
    }

    [Fact]
    public void Load_GarbageBetweenJpegSegments_IsStillTheWholePicture()
    {
        byte[] bytes = TestPictures.Read("jpeg-baseline.jpg");
        int endOfJfif = 20;
        byte[] withGarbage = [.. bytes.AsSpan(0, endOfJfif), 0, 17, 42, .. bytes.AsSpan(endOfJfif)];

        using var image = Image.Load<Rgb24>(withGarbage);

        TestPictures.AssertBlocks(image);
    }

    [Fact]
    public void Load_UnknownJfifRevision_IsStillTheWholePicture()
    {
        byte[] bytes = TestPictures.Read("jpeg-baseline.jpg");
        int majorVersion = 11;
        Assert.Equal(1, bytes[majorVersion]);
        bytes[majorVersion] = 7;

        using var image = Image.Load<Rgb24>(bytes);

        TestPictures.AssertBlocks(image);
    }

    [Fact]
    public void Load_AnimationWhoseFirstFrameIsSmallerThanTheCanvas_Throws()
    {
        byte[] bytes = TestPictures.Read("webp-animated.webp");
        Assert.Equal("VP8X"u8, bytes.AsSpan(12, 4));
        int canvasWidth = 24;
        bytes[canvasWidth]++;

        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(bytes));
    }

    [Fact]
    public void Load_RunLengthBmp_SaysThatTheCompressionIsNotSupported()
    {
        var error = Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(TestPictures.Read("bmp-8-rle.bmp")));

        Assert.Contains("compression 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BmpColourBeyondThePalette_Throws()
    {
        byte[] bytes = TestPictures.Read("bmp-8.bmp");
        bytes[^4] = 255;

        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(bytes));
    }

    // What may be missing behind the last pixel: the checksum of PNG's empty end chunk, the padding of BMP's last row.
    private static int DispensableBytes(string name) => Path.GetExtension(name) switch
    {
        ".png" => 4,
        ".bmp" => 3,
        _ => 0,
    };
}
