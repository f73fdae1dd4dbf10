using System.Buffers.Binary;
using System.IO.Compression;

namespace DiTask.Client.Tests;

public sealed class SampleReaderTests
{
    [Fact]
    public void Read_PngOfEveryFilter_GivesTheSamples()
    {
        // Two columns; each row's filter undone by hand.
        byte[] png = Png(2, 5, [0, 10, 20, 1, 1, 2, 2, 1, 1, 3, 4, 4, 4, 5, 5]);

        ReadOnlyMemory<byte> samples = SampleReader.Read(Map(png, 2, 5)).Bytes;

        Assert.Equal(new byte[] { 10, 20, 1, 3, 2, 4, 5, 8, 10, 15 }, samples.ToArray());
    }

    [Fact]
    public void Read_PngCutAnywhere_ThrowsInvalidData()
    {
        byte[] png = Png(2, 5, [0, 10, 20, 1, 1, 2, 2, 1, 1, 3, 4, 4, 4, 5, 5]);

        for (int length = 1; length < png.Length; length++)
        {
            Assert.ThrowsAny<InvalidDataException>(() => SampleReader.Read(Map(png[..length], 2, 5)));
        }
    }

    [Fact]
    public void Read_PngOfAnotherSize_SaysBoth()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SampleReader.Read(Map(Png(2, 1, [0, 1, 2]), 3, 1)));

        Assert.Contains("Expected a PNG of 3x1", error.Message, StringComparison.Ordinal);
        Assert.Contains("found 2x1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PngOfUnknownFilter_Throws() =>
        Assert.Throws<InvalidDataException>(() => SampleReader.Read(Map(Png(2, 1, [9, 1, 2]), 2, 1)));

    [Fact]
    public void Read_PngOfSixteenBits_GivesTheValues()
    {
        byte[] png = Png(2, 1, [0, 0x01, 0x02, 0xFF, 0x00], bits: 16);

        Assert.Equal([10 + (0.5f * 0x0102), 10 + (0.5f * 0xFF00)], SampleReader.Read(Map(png, 2, 1, "uint16")).ToValues(0.5, 10));
    }

    private static TaskMap Map(byte[] png, int width, int height, string type = "uint8") =>
        new() { Kind = MapKind.Scalar, DType = type, Width = width, Height = height, MediaType = "image/png", Data = png };

    private static byte[] Png(int width, int height, byte[] filteredRows, byte bits = 8)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = bits;
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(filteredRows);
        }

        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, compressed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    // The reader does not look at checksums: TCP has its own.
    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        name.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        return chunk;
    }
}
