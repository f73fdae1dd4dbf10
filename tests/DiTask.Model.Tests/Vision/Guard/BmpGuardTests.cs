using System.Buffers.Binary;
using DiTask.Model.Vision;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision.Guard;

public sealed class BmpGuardTests
{
    private const int Offset = 10;
    private const int Width = 18;
    private const int Height = 22;
    private const int Bits = 28;
    private const int Compression = 30;
    private const int GreenMask = 58;

    [Theory]
    [InlineData(0x7FFFFFFF)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(53)]
    public void Decode_OffsetOutsideTheFile_IsRefusedWithoutTakingMemory(int offset) =>
        AssertRejectedCheaply(ImageRejection.Undecodable, Changed("bmp-24.bmp", Offset, offset), "rows behind its headers");

    [Fact]
    public void Decode_LargerThanItsFile_IsRefusedWithoutTakingMemory()
    {
        byte[] file = Changed("bmp-24.bmp", Width, 6000);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(Height), -6000);

        AssertRejectedCheaply(ImageRejection.Undecodable, file, "6000x6000");
    }

    [Fact]
    public void Decode_60000Squared_IsRefusedWithoutTakingMemory()
    {
        byte[] file = Changed("bmp-24.bmp", Width, 60_000);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(Height), 60_000);

        AssertRejectedCheaply(ImageRejection.TooManyPixels, file, "60000x60000");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Decode_JpegOrPngInside_IsUnsupportedByName(int compression) =>
        AssertRejected(ImageRejection.UnsupportedFormat, Changed("bmp-24.bmp", Compression, compression), $"compression {compression}");

    [Theory]
    [InlineData("bmp-24.bmp", 1)]
    [InlineData("bmp-8.bmp", 2)]
    [InlineData("bmp-24.bmp", 3)]
    [InlineData("bmp-24.bmp", 99)]
    public void Decode_CompressionThatDoesNotFit_IsRefused(string name, int compression) =>
        AssertRejected(ImageRejection.Undecodable, Changed(name, Compression, compression), $"compression {compression}");

    [Fact]
    public void Decode_MaskWithAGap_IsRefused() =>
        AssertRejected(ImageRejection.Undecodable, Changed("bmp-32-masks.bmp", GreenMask, 0xF0F0), "masks without gaps; found 0000F0F0");

    [Fact]
    public void Decode_BitsThatDoNotExist_IsRefused() =>
        AssertRejected(ImageRejection.Undecodable, Changed("bmp-24.bmp", Bits, 25), "at 25");

    [Fact]
    public void Decode_RunLengthDataCutAnywhere_IsRefusedOrWhole()
    {
        byte[] file = Case("F1-bmp-rle8.bmp");
        byte[] whole = Pixels(file);
        int rows = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(Offset));

        // The end of the last row, and of the picture, may be missing.
        for (int length = rows; length < file.Length - 4; length++)
        {
            AssertRejected(ImageRejection.Undecodable, file[..length], "run-length data for 32 rows of 48 pixels");
        }

        Assert.Equal(whole, Pixels(file.AsSpan(0, file.Length - 2)));
    }

    private static byte[] Changed(string name, int offset, int value)
    {
        byte[] file = Read(name);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
        return file;
    }
}
