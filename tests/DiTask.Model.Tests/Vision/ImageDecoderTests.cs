using System.Buffers.Binary;
using DiTask.Model.Vision;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision;

public sealed class ImageDecoderTests
{
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

        Assert.Equal((24, 16, "image/jpeg", orientation), (header.Width, header.Height, header.MediaType, header.Orientation));
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

        Assert.Equal((1200, 900, mediaType, 1), (header.Width, header.Height, header.MediaType, header.Orientation));
        Assert.Equal((1200, 900), (image.Width, image.Height));
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
        Assert.Equal(ImageRejection.UnsupportedFormat, Assert.Throws<ImageRejectedException>(() => ImageDecoder.Identify(file)).Reason);
    }

    [Fact]
    public void Decode_Gif_IsUnsupported() =>
        AssertRejected(ImageRejection.UnsupportedFormat, Read("gif-animated.gif"), "GIF, 908 bytes that begin with 47494638");

    [Fact]
    public void Decode_TooManyPixels_IsRefusedBeforeDecoding()
    {
        // The pixels are missing: had decoding begun, the refusal would be another.
        byte[] header = Read("photo.png")[..2000];

        ImageRejectedException exception =
            Assert.Throws<ImageRejectedException>(() => ImageDecoder.Decode(header, Limits with { MaxPixels = 1_079_999 }));

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

    [Fact]
    public void Decode_SidesBeyondTheDecodersLimit_AreRefusedByName()
    {
        byte[] file = Read("png-gray8.png");
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), 1);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 1_000_001);

        AssertRejected(ImageRejection.TooManyPixels, file, "sides of at most 1000000 pixels, a fixed limit; found 1x1000001");
    }

    [Fact]
    public void Decode_MoreMemoryThanAllowed_IsRefusedByName() => AssertRejected(
        ImageRejection.TooManyPixels,
        Read("jpeg-progressive.jpg"),
        "takes at most 3455 bytes to decode; found 24x16 pixels of this kind to take 3456",
        Limits with { MaxBytes = 3455 });

    [Theory]
    [InlineData("jpeg-baseline.jpg", 3)]
    [InlineData("jpeg-progressive.jpg", 9)]
    [InlineData("png-rgb8.png", 7)]
    [InlineData("png-rgb8-interlaced.png", 10)]
    [InlineData("webp-lossy.webp", 11)]
    [InlineData("bmp-24.bmp", 7)]
    public void Identify_DecodeBytes_CountsWhatTheKindOfFileNeeds(string name, int bytesPerPixel)
    {
        ImageHeader header = ImageDecoder.Identify(Read(name));

        Assert.Equal(header.PixelCount * bytesPerPixel, header.DecodeBytes);
    }

    [Theory]
    [InlineData("jpeg-baseline.jpg")]
    [InlineData("jpeg-progressive.jpg")]
    [InlineData("png-rgb8.png")]
    [InlineData("webp-lossy.webp")]
    [InlineData("bmp-24.bmp")]
    public void Decode_DeadlinePassed_IsCancelled(string name) =>
        Assert.Throws<OperationCanceledException>(
            () => ImageDecoder.Decode(Read(name), Limits, new CancellationToken(canceled: true)).Dispose());

    [Theory]
    [InlineData("photo.jpg", 700)]
    [InlineData("photo.png", 40)]
    [InlineData("photo.webp", 40)]
    public void Identify_OnlyTheFirstBytes_NeedsNoPixels(string name, int bytes)
    {
        ImageHeader header = ImageDecoder.Identify(Read(name).AsSpan(0, bytes));

        Assert.Equal((1200, 900), (header.Width, header.Height));
    }

    [Theory]
    [InlineData("BM is also how a sentence may begin, of enough length", "found 53 bytes that begin with 424D")]
    [InlineData("RIFF....WAVEfmt ................", "found 32 bytes that begin with 52494646")]
    [InlineData("II*\0and so on", "found TIFF, ")]
    [InlineData("\0\0\0\u0020ftypavif....", "found AVIF, ")]
    [InlineData("\0\0\0\u0020ftypheic....", "found HEIC, ")]
    [InlineData("\0\0\u0001\0and so on", "found ICO, ")]
    public void Decode_ForeignFormat_IsRefusedByName(string text, string found) =>
        AssertRejected(ImageRejection.UnsupportedFormat, System.Text.Encoding.Latin1.GetBytes(text), found);

    // The decoder's own scaling must show the scene that averaging shows.
    [Fact]
    public void Decode_FastJpeg_IsCloseToTheBoxAverage()
    {
        byte[] file = Read("photo.jpg");

        using RgbImage full = ImageDecoder.Decode(file, Limits);
        using RgbImage quarter = ImageDecoder.Decode(file, Limits with { FastJpegSide = 64 });

        Assert.Equal((300, 225), (quarter.Width, quarter.Height));
        double difference = 0;
        for (int i = 0; i < 300 * 225; i++)
        {
            int x = i % 300, y = i / 300;
            double average = Enumerable.Range(0, 16).Average(j => full.Row((4 * y) + (j / 4))[(3 * ((4 * x) + (j % 4))) + 1]);
            difference += Math.Abs(quarter.Row(y)[(3 * x) + 1] - average);
        }

        Assert.InRange(difference / (300 * 225), 0, 2);
    }
}
