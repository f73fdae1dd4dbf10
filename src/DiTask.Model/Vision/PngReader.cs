using System.Buffers.Binary;
using System.IO.Compression;

namespace DiTask.Model.Vision;

/// <summary>The first chunk of a PNG.</summary>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Color">What the samples are, alpha aside.</param>
/// <param name="Bits">Bits per sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Stored">Samples per pixel in the file, alpha among them.</param>
/// <param name="IsInterlaced">Whether the rows come in seven passes.</param>
internal readonly record struct PngHeader(int Width, int Height, PngColor Color, int Bits, int Stored, bool IsInterlaced)
{
    /// <summary>Samples per pixel without alpha.</summary>
    public int Channels => Color == PngColor.Rgb ? 3 : 1;
}

/// <summary>Computes the CRC-32 of a chunk's type and data.</summary>
internal delegate uint PngChecksum(ReadOnlySpan<byte> chunk);

/// <summary>Reads the stored samples of a PNG; every byte of the file is distrusted.</summary>
/// <remarks>
/// Written here because label maps need what picture libraries hide: the indices of a palette, and which bit depth the file has.
/// DiTask.Client compiles this file too and has no package to lean on, so the checksum comes from outside.
/// </remarks>
internal static class PngReader
{
    private const int HeaderBytes = 13;

    // Length and type before the data, checksum after.
    private const int FramingBytes = 12;

    // Deflate spends at least 2 bits on 258 bytes.
    private const long MaxDeflateRatio = 1032;

    private const byte Alpha = 4;

    // First column, first row, step across, step down of the seven passes of an interlaced file.
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Reads the header.</summary>
    /// <exception cref="InvalidDataException">Not a PNG, or one with a header that the format does not know.</exception>
    public static PngHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
        {
            throw new InvalidDataException($"expected a PNG (89504E470D0A1A0A); found {Convert.ToHexString(file[..Math.Min(8, file.Length)])}");
        }

        ReadOnlySpan<byte> chunk = file[Signature.Length..];
        if (chunk.Length < FramingBytes + HeaderBytes || BinaryPrimitives.ReadUInt32BigEndian(chunk) != HeaderBytes || !chunk[4..].StartsWith("IHDR"u8))
        {
            throw new InvalidDataException("the PNG does not begin with a header chunk");
        }

        ReadOnlySpan<byte> header = chunk.Slice(8, HeaderBytes);
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        int bits = header[8], color = header[9];
        bool exists = color switch
        {
            0 => bits is 1 or 2 or 4 or 8 or 16,
            3 => bits is 1 or 2 or 4 or 8,
            2 or 4 or 6 => bits is 8 or 16,
            _ => false,
        };
        if (width <= 0 || height <= 0 || !exists || header[10] != 0 || header[11] != 0 || header[12] > 1)
        {
            throw new InvalidDataException($"expected a PNG header; found {width}x{height}, colour type {color}, {bits} bits, interlace {header[12]}");
        }

        PngColor kind = color == 3 ? PngColor.Indexed : (color & ~Alpha) == 0 ? PngColor.Gray : PngColor.Rgb;
        return new PngHeader(width, height, kind, bits, color switch { 0 or 3 => 1, 4 => 2, 2 => 3, _ => 4 }, header[12] == 1);
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="maxPixels">Most pixels; memory for more is never asked for.</param>
    /// <param name="checksum">Checks each chunk; null where something else has checked the bytes.</param>
    /// <exception cref="InvalidDataException">Not a PNG, a broken or incomplete one, or one with too many pixels.</exception>
    public static PngSamples Read(ReadOnlySpan<byte> file, long maxPixels, PngChecksum? checksum)
    {
        PngHeader header = ReadHeader(file);
        (int width, int height) = (header.Width, header.Height);
        if ((long)width * height > maxPixels)
        {
            throw new InvalidDataException($"expected at most {maxPixels} pixels; found {width}x{height}");
        }

        if ((long)width * height * header.Stored * header.Bits / 8 > MaxDeflateRatio * file.Length)
        {
            throw new InvalidDataException($"{width}x{height} pixels cannot come from {file.Length} bytes");
        }

        using MemoryStream compressed = new();
        ReadChunks(file, checksum, compressed);
        PngSamples samples = new(width, height, header.Color, header.Bits, new ushort[(long)width * height * header.Channels]);
        compressed.Position = 0;
        using ZLibStream inflater = new(compressed, CompressionMode.Decompress);
        foreach ((int x, int y, int stepX, int stepY) in header.IsInterlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            ReadPass(inflater, samples, header.Stored, (x, y, stepX, stepY));
        }

        return samples;
    }

    // Gathers the image data.
    private static void ReadChunks(ReadOnlySpan<byte> file, PngChecksum? checksum, MemoryStream compressed)
    {
        for (int at = Signature.Length; file.Length - at >= FramingBytes;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - FramingBytes)
            {
                throw new InvalidDataException($"a chunk at byte {at} claims {length} bytes; the PNG has {file.Length}");
            }

            ReadOnlySpan<byte> typed = file.Slice(at + 4, 4 + (int)length);
            if (checksum is not null && checksum(typed) != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]))
            {
                throw new InvalidDataException($"the checksum of the chunk at byte {at} of the PNG is wrong");
            }

            at += FramingBytes + (int)length;
            if (typed.StartsWith("IDAT"u8))
            {
                compressed.Write(typed[4..]);
            }
            else if (typed.StartsWith("IEND"u8))
            {
                return;
            }
        }

        throw new InvalidDataException($"the PNG ends at byte {file.Length} without its end chunk");
    }

    private static void ReadPass(ZLibStream inflater, PngSamples samples, int stored, (int X, int Y, int StepX, int StepY) pass)
    {
        int columns = (samples.Width - pass.X + pass.StepX - 1) / pass.StepX;
        if (columns <= 0)
        {
            return;
        }

        int rowBytes = checked((int)((((long)columns * stored * samples.Bits) + 7) / 8));
        int pixelBytes = Math.Max(1, stored * samples.Bits / 8);
        byte[] above = new byte[rowBytes], row = new byte[rowBytes];
        for (int y = pass.Y; y < samples.Height; y += pass.StepY)
        {
            int filter = inflater.ReadByte();
            if (filter < 0 || inflater.ReadAtLeast(row, rowBytes, throwOnEndOfStream: false) != rowBytes)
            {
                throw new InvalidDataException($"the PNG's data end in row {y} of {samples.Height}");
            }

            Unfilter(filter, row, above, pixelBytes);
            Unpack(row, samples, stored, y, pass.X, pass.StepX);
            (above, row) = (row, above);
        }
    }

    private static void Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < pixelBytes ? 0 : row[i - pixelBytes];
            row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], i < pixelBytes ? 0 : above[i - pixelBytes]),
                _ => throw new InvalidDataException($"expected PNG filters 0 to 4; found {filter}"),
            });
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - (2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static void Unpack(ReadOnlySpan<byte> row, PngSamples samples, int stored, int y, int firstX, int stepX)
    {
        int kept = samples.Channels, bits = samples.Bits, mask = (1 << bits) - 1;
        Span<ushort> target = samples.Values.AsSpan(y * samples.Width * kept, samples.Width * kept);
        for (int column = 0, x = firstX; x < samples.Width; column++, x += stepX)
        {
            for (int channel = 0; channel < kept; channel++)
            {
                int sample = (column * stored) + channel;
                target[(x * kept) + channel] = bits switch
                {
                    16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * sample)..]),
                    8 => row[sample],
                    _ => (ushort)((row[(int)((long)sample * bits / 8)] >> (8 - bits - (int)((long)sample * bits % 8))) & mask),
                };
            }
        }
    }
}
