using DiTask.Model.Vision;

namespace DiTask.Model.Tests.Vision;

public sealed class PngWriterTests
{
    [Theory]
    [InlineData((int)PngColor.Gray, 8, 1)]
    [InlineData((int)PngColor.Gray, 16, 2)]
    [InlineData((int)PngColor.Rgb, 8, 3)]
    [InlineData((int)PngColor.Rgb, 16, 6)]
    public void Write_RandomRows_AreReadBack(int color, int bits, int pixelBytes)
    {
        const int Width = 301, Height = 257;
        byte[] samples = new byte[Width * Height * pixelBytes];
        new Random(1).NextBytes(samples);

        PngProbe png = Write(samples, Width, Height, (PngColor)color, bits, [], labels: false);

        Assert.Equal((Width, Height, bits, color), (png.Width, png.Height, png.Bits, png.Color));
        Assert.Equal(samples, png.Samples);
    }

    [Fact]
    public void Write_Indexed_KeepsPaletteAndIndices()
    {
        byte[] palette = [0, 0, 0, 255, 0, 0, 0, 255, 0];

        PngProbe png = Write([0, 1, 2, 2, 1, 0], 3, 2, PngColor.Indexed, 8, palette, labels: true);

        Assert.Equal(palette, png.Palette);
        Assert.Equal([0, 1, 2, 2, 1, 0], png.Samples);
    }

    [Fact]
    public void Finish_MissingRow_Throws()
    {
        using MemoryStream stream = new();
        using PngWriter writer = new(stream, 2, 2, PngColor.Gray, 8);
        writer.WriteRow([1, 2]);

        Assert.Throws<InvalidOperationException>(writer.Finish);
    }

    [Fact]
    public void WriteRow_WrongLength_Throws()
    {
        using MemoryStream stream = new();
        using PngWriter writer = new(stream, 2, 2, PngColor.Gray, 8);

        Assert.Throws<InvalidOperationException>(() => writer.WriteRow([1, 2, 3]));
    }

    private static PngProbe Write(byte[] samples, int width, int height, PngColor color, int bits, byte[] palette, bool labels)
    {
        using MemoryStream stream = new();
        using PngWriter writer = new(stream, width, height, color, bits, palette, labels);
        int rowBytes = samples.Length / height;
        for (int y = 0; y < height; y++)
        {
            writer.WriteRow(samples.AsSpan(y * rowBytes, rowBytes));
        }

        writer.Finish();
        return PngProbe.Read(stream.ToArray());
    }
}
