using System.Buffers.Binary;
using System.IO.Compression;
using DiTask.Model.Vision;
using DiTask.Tests;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision.Guard;

public sealed class PngGuardTests
{
    private const int HeaderEnd = 33;
    private const int EndBytes = 12;

    [Fact]
    public void Decode_50000Squared_IsRefusedWithoutTakingMemory() =>
        AssertRejectedCheaply(ImageRejection.TooManyPixels, Resized(50_000, 50_000), "50000x50000");

    [Fact]
    public void Decode_2To31Squared_IsRefusedWithoutTakingMemory() =>
        AssertRejectedCheaply(ImageRejection.TooManyPixels, Resized(int.MaxValue, int.MaxValue), "2147483647x2147483647");

    [Fact]
    public void Decode_39MegapixelsWithoutTheirData_IsRefusedWithoutTakingMemory() =>
        AssertRejectedCheaply(ImageRejection.Undecodable, Resized(6500, 6000), "which cannot");

    [Fact]
    public void Decode_DataThatEndEarly_IsRefusedWithTheCount()
    {
        byte[] file = With(Chunk("IDAT", Deflate(new byte[7 * 40 - 1])));

        AssertRejected(ImageRejection.Undecodable, file, "Expected PNG data that inflate to 280 bytes; found 279");
    }

    [Fact]
    public void Decode_InterlacedWithTooLittleData_IsRefused()
    {
        byte[] file = Read("png-rgb8-interlaced.png");
        for (int bytes = 0; bytes < 7 * 40; bytes += 13)
        {
            byte[] cut = [.. file[..HeaderEnd], .. Chunk("IDAT", Deflate(new byte[bytes])), .. file[^EndBytes..]];
            PngChecksums.Mend(cut);

            AssertRejected(ImageRejection.Undecodable, cut, "inflate to");
        }
    }

    [Fact]
    public void Decode_MoreDataThanRows_IsThePicture()
    {
        byte[] file = Read("png-rgb8.png");
        byte[] surplus = With(Chunk("IDAT", Deflate([.. Inflate(file), .. new byte[100_000]])));

        Assert.Equal(Pixels(file), Pixels(surplus));
    }

    [Fact]
    public void Decode_TextOfAGigabyte_StaysCompressed()
    {
        byte[] text = [.. "Comment\0\0"u8, .. Gigabyte()];
        byte[] profile = [.. "icc\0\0"u8, .. Gigabyte()];
        byte[] file = Read("png-rgb8.png");
        byte[] bomb = [.. file[..HeaderEnd], .. Chunk("iCCP", profile), .. Chunk("zTXt", text), .. file[HeaderEnd..]];
        PngChecksums.Mend(bomb);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(Pixels(file), Pixels(bomb));

        Assert.InRange(bomb.Length, 1 << 20, 4 << 20);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Theory]
    [InlineData("gAMA", "00000064")]
    [InlineData("cHRM", "000000010000000100000001000000010000000100000001000000010000000100000001")]
    [InlineData("sRGB", "01")]
    [InlineData("sBIT", "010101")]
    [InlineData("tRNS", "000000000000")]
    [InlineData("iCCP", "69636300007801")]
    [InlineData("bKGD", "00FF00FF00FF")]
    [InlineData("tIME", "")]
    [InlineData("abCd", "0102")]
    public void Decode_AncillaryChunks_ChangeNoPixel(string type, string data)
    {
        byte[] file = Read("png-rgb8.png");
        byte[] with = [.. file[..HeaderEnd], .. Chunk(type, Convert.FromHexString(data)), .. file[HeaderEnd..]];
        byte[] unmended = [.. with];
        PngChecksums.Mend(with);

        Assert.Equal(Pixels(file), Pixels(with));
        Assert.Equal(Pixels(file), Pixels(unmended));
    }

    [Theory]
    [InlineData("IHDR")]
    [InlineData("PLTE")]
    [InlineData("IDAT")]
    public void Decode_WrongChecksumOfACriticalChunk_IsRefused(string type)
    {
        byte[] file = Read("png-palette8.png");
        int chunk = file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(type)) - 4;
        file[chunk + 8 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(chunk))] ^= 1;

        AssertRejected(ImageRejection.Undecodable, file, "Expected checksum");
    }

    [Fact]
    public void Decode_UnknownCriticalChunk_IsRefused() =>
        AssertRejected(ImageRejection.Undecodable, Mended(Insert(Chunk("CgBI", [1, 2, 3, 4]))), "critical chunks");

    [Fact]
    public void Decode_TwoHeaders_IsRefused() =>
        AssertRejected(ImageRejection.Undecodable, Mended(Insert(Read("png-rgb8.png")[8..HeaderEnd])), "one header in the PNG; found two");

    [Fact]
    public void Decode_DataInManyChunksWithTextBetween_IsThePicture()
    {
        byte[] file = Read("png-rgb8.png");
        byte[] data = Deflate(Inflate(file));
        byte[] between = [.. Chunk("tEXt", "a\0b"u8.ToArray()), .. Chunk("IDAT", [])];
        byte[] pieces = [.. data.Chunk(3).SelectMany(piece => (byte[])[.. Chunk("IDAT", piece), .. between])];

        Assert.Equal(Pixels(file), Pixels(With(pieces)));
    }

    [Fact]
    public void Decode_SuggestedPaletteOfTruecolour_IsIgnored() =>
        Assert.Equal(Pixels(Read("png-rgb8.png")), Pixels(Mended(Insert(Chunk("PLTE", [1, 2, 3, 4])))));

    [Fact]
    public void Decode_PaletteLeftOut_IsRefused()
    {
        byte[] file = Read("png-palette8.png");
        int palette = file.AsSpan().IndexOf("PLTE"u8) - 4;
        byte[] without = [.. file[..palette], .. file[(palette + 12 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(palette)))..]];

        AssertRejected(ImageRejection.Undecodable, without, "Expected");
    }

    [Fact]
    public void Decode_AMillionPixelsHigh_IsDecoded()
    {
        using RgbImage tall = new(1, DecodeLimits.MaxSide);
        tall.Pixels.Fill(9);
        using MemoryStream stream = new();
        MapEncoder.WriteRgb(stream, tall);

        Assert.Equal(tall.Pixels.ToArray(), Pixels(stream.ToArray()));
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        return chunk;
    }

    private static byte[] Mended(byte[] file)
    {
        PngChecksums.Mend(file);
        return file;
    }

    private static byte[] Insert(byte[] chunk) =>
        Read("png-rgb8.png") is var file ? [.. file[..HeaderEnd], .. chunk, .. file[HeaderEnd..]] : [];

    /// <summary>The ramp's header and end around other chunks.</summary>
    private static byte[] With(byte[] chunks) =>
        Read("png-rgb8.png") is var file ? Mended([.. file[..HeaderEnd], .. chunks, .. file[^EndBytes..]]) : [];

    private static byte[] Resized(int width, int height)
    {
        byte[] file = Read("png-rgb8.png");
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return Mended(file);
    }

    private static byte[] Deflate(byte[] bytes)
    {
        using MemoryStream stream = new();
        using (ZLibStream zlib = new(stream, CompressionLevel.Optimal))
        {
            zlib.Write(bytes);
        }

        return stream.ToArray();
    }

    private static byte[] Inflate(byte[] png)
    {
        int at = png.AsSpan().IndexOf("IDAT"u8);
        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - 4));
        using ZLibStream zlib = new(new MemoryStream(png, at + 4, length), CompressionMode.Decompress);
        using MemoryStream inflated = new();
        zlib.CopyTo(inflated);
        return inflated.ToArray();
    }

    /// <summary>A gigabyte of zeros: one megabyte of them, flushed, over and over.</summary>
    private static byte[] Gigabyte()
    {
        using MemoryStream stream = new();
        using ZLibStream zlib = new(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        zlib.Write(new byte[1 << 20]);
        zlib.Flush();
        int first = (int)stream.Length;
        zlib.Write(new byte[1 << 20]);
        zlib.Flush();
        byte[] twice = stream.ToArray();
        return [.. twice, .. Enumerable.Repeat(twice[first..], 1022).SelectMany(bytes => bytes)];
    }
}
