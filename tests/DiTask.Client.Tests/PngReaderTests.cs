using System.Buffers.Binary;
using System.IO.Compression;

namespace DiTask.Client.Tests;

public sealed class PngReaderTests
{
    [Fact]
    public void Read_EveryFilter_GivesTheSamples()
    {
        // Two columns; each row's filter undone by hand.
        byte[] png = Png(2, 5, [0, 10, 20, 1, 1, 2, 2, 1, 1, 3, 4, 4, 4, 5, 5]);

        byte[] samples = PngReader.Read(png, 2, 5, 1, 1);

        Assert.Equal(new byte[] { 10, 20, 1, 3, 2, 4, 5, 8, 10, 15 }, samples);
    }

    [Fact]
    public void Read_CutAnywhere_ThrowsInvalidData()
    {
        byte[] png = Png(2, 5, [0, 10, 20, 1, 1, 2, 2, 1, 1, 3, 4, 4, 4, 5, 5]);
        int rowsEnd = png.Length - 12 - 4;

        for (int length = 0; length < rowsEnd; length++)
        {
            Assert.ThrowsAny<InvalidDataException>(() => PngReader.Read(png.AsMemory(0, length), 2, 5, 1, 1));
        }
    }

    [Fact]
    public void Read_AnotherSize_SaysBoth()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => PngReader.Read(Png(2, 1, [0, 1, 2]), 3, 1, 1, 1));

        Assert.Contains("Expected a PNG of 3x1", error.Message, StringComparison.Ordinal);
        Assert.Contains("found 2x1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownFilter_Throws() =>
        Assert.Throws<InvalidDataException>(() => PngReader.Read(Png(2, 1, [9, 1, 2]), 2, 1, 1, 1));

    private static byte[] Png(int width, int height, byte[] filteredRows)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
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
