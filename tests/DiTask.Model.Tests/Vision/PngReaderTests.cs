using System.IO.Hashing;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Vision;

public sealed class PngReaderTests
{
    private static readonly DecodeLimits Limits = new();

    [Theory]
    [InlineData("png-gray1.png", 1)]
    [InlineData("png-gray2.png", 2)]
    [InlineData("png-gray4.png", 4)]
    [InlineData("png-gray8.png", 8)]
    [InlineData("png-gray8-alpha.png", 8)]
    [InlineData("png-rgb8.png", 8)]
    [InlineData("png-rgba8.png", 8)]
    [InlineData("png-rgb8-trns.png", 8)]
    [InlineData("png-rgb8-interlaced.png", 8)]
    public void Read_GreyAndColour_AgreesWithTheImageLibrary(string name, int bits)
    {
        byte[] file = File.ReadAllBytes(Fixture.Path("images", name));
        using RgbImage image = ImageDecoder.Decode(file, Limits);

        PngSamples samples = PngReader.Read(file, Limits.MaxPixels, Crc32.HashToUInt32);

        Assert.Equal((image.Width, image.Height, bits), (samples.Width, samples.Height, samples.Bits));
        int white = (1 << bits) - 1;
        for (int i = 0; i < image.Width * image.Height * 3; i++)
        {
            int sample = samples.Values[samples.Channels == 1 ? i / 3 : i];
            Assert.Equal(image.Pixels[i], sample * 255 / white);
        }
    }

    [Theory]
    [InlineData("png-palette1.png", 1)]
    [InlineData("png-palette2.png", 2)]
    [InlineData("png-palette4.png", 4)]
    [InlineData("png-palette8.png", 8)]
    public void Read_Palette_GivesIndicesWithOneColourEach(string name, int bits)
    {
        byte[] file = File.ReadAllBytes(Fixture.Path("images", name));
        using RgbImage image = ImageDecoder.Decode(file, Limits);

        PngSamples samples = PngReader.Read(file, Limits.MaxPixels, Crc32.HashToUInt32);

        Assert.Equal((PngColor.Indexed, bits), (samples.Color, samples.Bits));
        Dictionary<int, (byte, byte, byte)> colors = [];
        for (int i = 0; i < samples.Values.Length; i++)
        {
            (byte, byte, byte) color = (image.Pixels[3 * i], image.Pixels[(3 * i) + 1], image.Pixels[(3 * i) + 2]);
            Assert.Equal(color, colors.TryAdd(samples.Values[i], color) ? color : colors[samples.Values[i]]);
        }

        Assert.True(colors.Count > 1);
    }

    [Theory]
    [InlineData("png-gray16.png")]
    [InlineData("png-gray16-alpha.png")]
    [InlineData("png-rgb16.png")]
    [InlineData("png-rgba16.png")]
    public void Read_SixteenBits_AreAllThere(string name)
    {
        byte[] file = File.ReadAllBytes(Fixture.Path("images", name));
        using RgbImage image = ImageDecoder.Decode(file, Limits);

        PngSamples samples = PngReader.Read(file, Limits.MaxPixels, Crc32.HashToUInt32);

        Assert.Equal(16, samples.Bits);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            // The decoder cuts the low byte off.
            Assert.Equal(image.Pixels[i], samples.Values[samples.Channels == 1 ? i / 3 : i] >> 8);
        }
    }

    [Fact]
    public void Read_TruncatedAtEveryByte_IsOneClearError()
    {
        byte[] file = Small();

        for (int length = 0; length < file.Length; length++)
        {
            byte[] cut = file[..length];
            Assert.Throws<InvalidDataException>(() => PngReader.Read(cut, Limits.MaxPixels, Crc32.HashToUInt32));
        }
    }

    [Fact]
    public void Read_DamagedByte_IsAWrongChecksum()
    {
        byte[] file = Small();
        for (int at = 0; at < file.Length; at++)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => PngReader.Read(damaged, Limits.MaxPixels, Crc32.HashToUInt32));
        }
    }

    [Fact]
    public void Read_TooManyPixels_IsRefused() =>
        Assert.Contains("at most 8 pixels", Assert.Throws<InvalidDataException>(() => PngReader.Read(Small(), 8, Crc32.HashToUInt32)).Message, StringComparison.Ordinal);

    private static byte[] Small()
    {
        using MemoryStream stream = new();
        using PngWriter png = new(stream, 3, 3, PngColor.Gray, 8);
        for (int y = 0; y < 3; y++)
        {
            png.WriteRow([1, 2, (byte)y]);
        }

        png.Finish();
        return stream.ToArray();
    }
}
