using System.Buffers.Binary;
using System.IO.Compression;

namespace DiTask.Client;

/// <summary>Reads the PNGs that the service writes: gray, RGB or palette, 8 or 16 bits, not interlaced. Palette indices stay indices.</summary>
internal static class PngReader
{
    private const int HeaderBytes = 13;
    private const int ChunkFrameBytes = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Columns and rows, off the header.</summary>
    /// <exception cref="InvalidDataException">Not a PNG.</exception>
    public static (int Width, int Height, int Channels) ReadSize(ReadOnlyMemory<byte> data)
    {
        ReadOnlySpan<byte> header = Header(data);
        int channels = header[9] switch
        {
            0 or 3 => 1,
            2 => 3,
            _ => throw new InvalidDataException($"Expected a gray, RGB or palette PNG; found colour type {header[9]}."),
        };
        return (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]), channels);
    }

    /// <summary>The samples, row by row, without filters.</summary>
    /// <exception cref="InvalidDataException">Not a PNG of that layout, or cut off.</exception>
    public static byte[] Read(ReadOnlyMemory<byte> data, int width, int height, int channels, int sampleBytes)
    {
        ReadOnlySpan<byte> header = Header(data);
        (int Width, int Height, int Channels) size = ReadSize(data);
        if (size != (width, height, channels) || header[8] != 8 * sampleBytes || header[12] != 0)
        {
            throw new InvalidDataException(
                $"Expected a PNG of {width}x{height}, {channels} x {8 * sampleBytes} bits, not interlaced; " +
                $"found {size.Width}x{size.Height}, {size.Channels} x {header[8]} bits, interlace {header[12]}.");
        }

        int pixelBytes = channels * sampleBytes;
        int rowBytes = checked(width * pixelBytes);
        byte[] pixels = new byte[checked(rowBytes * height)];
        using ZLibStream rows = new(CompressedRows(data), CompressionMode.Decompress);
        Span<byte> filter = stackalloc byte[1];
        ReadOnlySpan<byte> above = new byte[rowBytes];
        try
        {
            for (int y = 0; y < height; y++)
            {
                Span<byte> row = pixels.AsSpan(y * rowBytes, rowBytes);
                rows.ReadExactly(filter);
                rows.ReadExactly(row);
                Unfilter(filter[0], row, above, pixelBytes);
                above = row;
            }
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"The PNG ends before its {height} rows do.");
        }

        return pixels;
    }

    private static ReadOnlySpan<byte> Header(ReadOnlyMemory<byte> data)
    {
        ReadOnlySpan<byte> bytes = data.Span;
        int start = Signature.Length + 8;
        return bytes.Length >= start + HeaderBytes && bytes.StartsWith(Signature)
            ? bytes.Slice(start, HeaderBytes)
            : throw new InvalidDataException($"Expected a PNG; found {bytes.Length} bytes of something else.");
    }

    private static MemoryStream CompressedRows(ReadOnlyMemory<byte> data)
    {
        MemoryStream compressed = new();
        ReadOnlySpan<byte> rest = data.Span[Signature.Length..];
        while (rest.Length >= ChunkFrameBytes)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkFrameBytes)
            {
                throw new InvalidDataException($"A PNG chunk claims {length} bytes; {rest.Length - ChunkFrameBytes} are left.");
            }

            if (rest.Slice(4, 4).SequenceEqual("IDAT"u8))
            {
                compressed.Write(rest.Slice(8, (int)length));
            }

            rest = rest[(ChunkFrameBytes + (int)length)..];
        }

        compressed.Position = 0;
        return compressed;
    }

    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < pixelBytes ? 0 : row[i - pixelBytes];
            int corner = i < pixelBytes ? 0 : above[i - pixelBytes];
            row[i] += filter switch
            {
                0 => 0,
                1 => (byte)left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                4 => (byte)Paeth(left, above[i], corner),
                _ => throw new InvalidDataException($"Expected a PNG filter of 0 to 4; found {filter}."),
            };
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - (2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
