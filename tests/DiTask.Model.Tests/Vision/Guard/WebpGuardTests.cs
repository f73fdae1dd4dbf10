using System.Buffers.Binary;
using DiTask.Model.Vision;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision.Guard;

public sealed class WebpGuardTests
{
    [Fact]
    public void Decode_CanvasOf2To24Squared_IsRefusedWithoutTakingMemory()
    {
        byte[] file = Read("webp-lossy-alpha.webp");
        Assert.Equal("VP8X"u8, file.AsSpan(12, 4));
        file.AsSpan(24, 6).Fill(0xFF);

        AssertRejectedCheaply(ImageRejection.TooManyPixels, file, "16777216x16777216");
    }

    [Fact]
    public void Decode_CanvasThatIsNotThePictures_IsRefused()
    {
        byte[] file = Read("webp-lossy-alpha.webp");
        file[24]++;

        AssertRejected(ImageRejection.Undecodable, file, "Expected");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Decode_MoreBytesClaimedThanThereAre_IsRefused(int more)
    {
        byte[] file = Read("webp-lossless.webp");
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8 + more);

        AssertRejected(ImageRejection.Undecodable, file, $"Expected a WebP file of {file.Length + more} bytes");
    }

    [Fact]
    public void Decode_ChunkBeyondTheFile_IsRefused()
    {
        byte[] file = Read("webp-animated.webp");
        int frame = file.AsSpan().IndexOf("ANMF"u8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(frame + 4), file.Length);

        AssertRejected(ImageRejection.Undecodable, file, "chunks that end with what holds them");
    }

    [Fact]
    public void Decode_PictureOfAFrameBeyondTheFrame_IsRefused()
    {
        byte[] file = Read("webp-animated.webp");
        int picture = file.AsSpan().IndexOf("ANMF"u8) + 8 + 16;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(picture + 4), file.Length);

        AssertRejected(ImageRejection.Undecodable, file, "chunks that end with what holds them");
    }

    [Fact]
    public void Decode_FramesInFrames_AreNotFollowed()
    {
        const int Depth = 100_000;
        const int Level = 24;
        byte[] file = [.. Read("webp-animated.webp").AsSpan(0, 30), .. new byte[Depth * Level]];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        for (int at = 30; at < file.Length; at += Level)
        {
            "ANMF"u8.CopyTo(file.AsSpan(at));
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at + 4), file.Length - at - 8);
        }

        AssertRejected(ImageRejection.Undecodable, file, "found no VP8 or VP8L chunk");
    }

    [Fact]
    public void Decode_NoPicture_IsRefused()
    {
        byte[] file = Read("webp-lossy-alpha.webp");
        byte[] header = [.. file[..30]];
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), header.Length - 8);

        AssertRejected(ImageRejection.Undecodable, header, "found no VP8 or VP8L chunk");
    }
}
