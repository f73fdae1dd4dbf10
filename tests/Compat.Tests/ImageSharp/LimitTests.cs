using System.Buffers.Binary;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Compat.Tests.ImageSharp;

/// <summary>Small files that ask for much. Each is refused before memory is taken.</summary>
public class LimitTests
{
    private const long MostBytesForARefusal = 4 << 20;

    [Fact]
    public void Load_JpegOf65500Squared_IsRefusedWithoutTakingMemory()
    {
        byte[] bytes = TestPictures.Read("jpeg-baseline.jpg");
        int frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 5), 65500);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 7), 65500);

        Assert.Equal(new Size(65500, 65500), Image.Identify(bytes).Size);
        AssertRefusedCheaply(bytes, "65500x65500");
    }

    [Fact]
    public void Load_PngOf2To31Squared_IsRefusedWithoutTakingMemory()
    {
        byte[] bytes = TestPictures.Read("png-rgb8.png");
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), int.MaxValue);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), int.MaxValue);

        AssertRefusedCheaply(bytes, "2147483647x2147483647");
    }

    [Fact]
    public void Load_PngLargerThanItsBytesCanInflateTo_IsRefusedWithoutTakingMemory()
    {
        byte[] bytes = TestPictures.Read("png-rgb8.png");
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), 16000);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), 16000);

        AssertRefusedCheaply(bytes, "cannot come from");
    }

    [Fact]
    public void Load_BmpLargerThanItsFile_IsRefusedWithoutTakingMemory()
    {
        byte[] bytes = TestPictures.Read("bmp-24.bmp");
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), 16000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), -16000);

        AssertRefusedCheaply(bytes, "16000x16000");
    }

    [Fact]
    public void Load_WebpCanvasOf2To24Squared_IsRefusedWithoutTakingMemory()
    {
        byte[] bytes = TestPictures.Read("webp-lossy-alpha.webp");
        Assert.Equal("VP8X"u8, bytes.AsSpan(12, 4));
        bytes.AsSpan(24, 6).Fill(0xFF);

        AssertRefusedCheaply(bytes, "16777216x16777216");
    }

    [Fact]
    public void Load_ProgressiveBomb_IsRefusedBeforeAnyScanIsDecoded()
    {
        byte[] bytes = TestPictures.Read("jpeg-progressive.jpg");
        int lastScan = bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        ReadOnlySpan<byte> scan = bytes.AsSpan(lastScan, bytes.Length - 2 - lastScan);
        List<byte> bomb = [.. bytes.AsSpan(0, lastScan)];
        for (int i = 0; i < 1000; i++)
        {
            bomb.AddRange(scan);
        }

        bomb.AddRange([0xFF, 0xD9]);

        AssertRefusedCheaply([.. bomb], "scans");
    }

    [Theory]
    [InlineData("jpeg-baseline.jpg")]
    [InlineData("png-rgb8.png")]
    [InlineData("bmp-24.bmp")]
    [InlineData("webp-lossy.webp")]
    public void Identify_SideOfZero_Throws(string name)
    {
        byte[] bytes = TestPictures.Read(name);
        (int offset, int length) = name switch
        {
            "jpeg-baseline.jpg" => (bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5, 2),
            "png-rgb8.png" => (16, 4),
            "bmp-24.bmp" => (18, 4),
            _ => (26, 2),
        };
        bytes.AsSpan(offset, length).Clear();

        Assert.Throws<InvalidImageContentException>(() => Image.Identify(bytes));
        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(bytes));
    }

    private static void AssertRefusedCheaply(byte[] bytes, string expectedInMessage)
    {
        Assert.ThrowsAny<ImageFormatException>(() => Image.Load<Rgb24>(TestPictures.Read("jpeg-baseline.jpg").AsSpan(0, 300)));
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(bytes));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytesForARefusal);
        Assert.Contains(expectedInMessage, error.Message, StringComparison.Ordinal);
    }
}
