using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace DiTask.Model.Vision.Guard;

/// <summary>Rules for PNG.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Chunks up to the end chunk, with one header: a file without its end was cut off.</item>
/// <item>Checksums of header, palette and image data are right: decoders go on after a wrong one.</item>
/// <item>The image data inflate to the bytes that the header asks for, counted without keeping them: before memory is taken for the
/// picture.</item>
/// <item>Ancillary chunks never cost the picture, whatever is in them. The decoder gets a file without them, so that a text or a profile of
/// a gigabyte stays compressed, and gamma and profiles change no pixel. Transparency is among them, as alpha is dropped.</item>
/// </list>
/// </remarks>
internal static class PngGuard
{
    private const int HeaderBytes = 13;
    private const int FramingBytes = 12; // length, type, checksum
    private const int TypeOffset = 4;
    private const int DataOffset = 8;
    private const int InflateBytes = 1 << 16;

    // Deflate spends at least 2 bits on 258 bytes.
    private const long MaxDeflateRatio = 1032;

    // First column, first row, step across, step down of the seven passes of an interlaced file.
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static bool IsMatch(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Reads the header, the orientation and the number of frames, as far as the file goes.</summary>
    /// <exception cref="ImageRejectedException">There is no header, or it is broken.</exception>
    public static StoredHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> header = Header(file);
        StoredHeader stored = new(
            BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]), ImageFormat.Png, 1)
        {
            LibraryBytesPerPixel = header[12] == 0 ? 0 : ((Samples(header) * header[8]) + 7) / 8,
        };
        int position = Signature.Length;
        while (TryNext(file, ref position, out ReadOnlySpan<byte> chunk))
        {
            ReadOnlySpan<byte> data = chunk[DataOffset..^4];
            if (Is(chunk, "eXIf"u8) && stored.Orientation == 1)
            {
                stored = stored with { Orientation = ExifOrientation.Read(data) ?? 1 };
            }
            else if (Is(chunk, "acTL"u8) && data.Length >= 4)
            {
                stored = stored with { Frames = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(data), 1, int.MaxValue) };
            }
        }

        return stored;
    }

    /// <summary>Checks the chunks that make the picture.</summary>
    /// <returns>A file of these chunks alone.</returns>
    /// <exception cref="ImageRejectedException">A rule is broken.</exception>
    /// <exception cref="OperationCanceledException">The deadline has passed.</exception>
    public static byte[] Check(ReadOnlySpan<byte> file, CancellationToken cancellation)
    {
        ReadOnlySpan<byte> header = Header(file), palette = file[..0];
        long dataBytes = 0;
        bool ended = false;
        int position = Signature.Length;
        while (!ended && TryNext(file, ref position, out ReadOnlySpan<byte> chunk))
        {
            if (Is(chunk, "IDAT"u8))
            {
                RequireChecksum(chunk);
                dataBytes += chunk.Length - FramingBytes;
            }
            else if (Is(chunk, "PLTE"u8))
            {
                RequireChecksum(chunk);
                palette = palette.IsEmpty ? chunk : throw ImageGuard.Broken("Expected one palette in the PNG; found two.");
            }
            else if (Is(chunk, "IHDR"u8))
            {
                // The first is where the header was read.
                if (position != Signature.Length + FramingBytes + HeaderBytes)
                {
                    throw ImageGuard.Broken("Expected one header in the PNG; found two.");
                }

                RequireChecksum(chunk);
            }
            else if (!(ended = Is(chunk, "IEND"u8)) && (chunk[TypeOffset] & 0x20) == 0)
            {
                throw ImageGuard.Broken(
                    $"Expected the PNG's critical chunks to be IHDR, PLTE, IDAT and IEND; found one of type " +
                    $"{Convert.ToHexString(chunk.Slice(TypeOffset, 4))}.");
            }
        }

        if (!ended)
        {
            throw ImageGuard.Broken(
                $"Expected PNG chunks up to the end chunk; found the file of {file.Length} bytes to end in the chunk at byte {position}.");
        }

        long expected = InflatedBytes(header);
        if (expected > dataBytes * MaxDeflateRatio)
        {
            throw ImageGuard.Broken($"Expected PNG data that inflate to {expected} bytes; found {dataBytes} bytes, which cannot.");
        }

        // A truecolour picture may have a palette as a suggestion.
        byte[] picture = Assemble(file, header[9] == 3 ? palette : default, (int)dataBytes, out int dataStart);
        RequireInflated(new MemoryStream(picture, dataStart, (int)dataBytes, writable: false), expected, cancellation);
        return picture;
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> file)
    {
        int position = Signature.Length;
        if (!TryNext(file, ref position, out ReadOnlySpan<byte> chunk)
            || !Is(chunk, "IHDR"u8) || chunk.Length != FramingBytes + HeaderBytes)
        {
            throw ImageGuard.Broken(
                $"Expected the PNG to begin with a header chunk of {HeaderBytes} bytes; found none in {file.Length} bytes.");
        }

        ReadOnlySpan<byte> header = chunk.Slice(DataOffset, HeaderBytes);
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        int bits = header[8], color = header[9];
        bool exists = color switch
        {
            0 => bits is 1 or 2 or 4 or 8 or 16,
            3 => bits is 1 or 2 or 4 or 8,
            2 or 4 or 6 => bits is 8 or 16,
            _ => false,
        };
        return width > 0 && height > 0 && exists && header[10] == 0 && header[11] == 0 && header[12] <= 1
            ? header
            : throw ImageGuard.Broken(
                $"Expected a PNG header that exists; found {width}x{height}, colour type {color}, {bits} bits, compression {header[10]}, " +
                $"filter {header[11]}, interlace {header[12]}.");
    }

    // Length, type, data and checksum.
    private static bool TryNext(ReadOnlySpan<byte> file, scoped ref int position, out ReadOnlySpan<byte> chunk)
    {
        chunk = default;
        int left = file.Length - position;
        if (left < FramingBytes || BinaryPrimitives.ReadUInt32BigEndian(file[position..]) is var length && length > left - FramingBytes)
        {
            return false;
        }

        chunk = file.Slice(position, FramingBytes + (int)length);
        position += chunk.Length;
        return true;
    }

    private static bool Is(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> type) => chunk.Slice(TypeOffset, 4).SequenceEqual(type);

    private static void RequireChecksum(ReadOnlySpan<byte> chunk)
    {
        uint expected = Crc32.HashToUInt32(chunk[TypeOffset..^4]), found = BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]);
        if (expected != found)
        {
            throw ImageGuard.Broken(
                $"Expected checksum {expected:X8} of PNG chunk {Convert.ToHexString(chunk.Slice(TypeOffset, 4))}; found {found:X8}.");
        }
    }

    private static int Samples(ReadOnlySpan<byte> header) => header[9] switch { 0 or 3 => 1, 4 => 2, 2 => 3, _ => 4 };

    /// <summary>A filter byte and the samples of each row, of each pass that has any.</summary>
    private static long InflatedBytes(ReadOnlySpan<byte> header)
    {
        long width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        int samples = Samples(header);
        long bytes = 0;
        foreach ((int x, int y, int stepX, int stepY) in header[12] == 1 ? Adam7 : [(0, 0, 1, 1)])
        {
            long columns = (width - x + stepX - 1) / stepX, rows = (height - y + stepY - 1) / stepY;
            bytes += columns > 0 && rows > 0 ? rows * (1 + (((columns * samples * header[8]) + 7) / 8)) : 0;
        }

        return bytes;
    }

    /// <summary>Writes signature, header, palette, all image data as one chunk, and the end.</summary>
    private static byte[] Assemble(ReadOnlySpan<byte> file, ReadOnlySpan<byte> palette, int dataBytes, out int dataStart)
    {
        int headerEnd = Signature.Length + FramingBytes + HeaderBytes;
        dataStart = headerEnd + palette.Length + DataOffset;
        byte[] picture = new byte[dataStart + dataBytes + 4 + FramingBytes];
        file[..headerEnd].CopyTo(picture);
        palette.CopyTo(picture.AsSpan(headerEnd));
        BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(dataStart - DataOffset), dataBytes);
        "IDAT"u8.CopyTo(picture.AsSpan(dataStart - 4));
        int to = dataStart, position = headerEnd;
        while (TryNext(file, ref position, out ReadOnlySpan<byte> chunk) && !Is(chunk, "IEND"u8))
        {
            if (Is(chunk, "IDAT"u8))
            {
                chunk[DataOffset..^4].CopyTo(picture.AsSpan(to));
                to += chunk.Length - FramingBytes;
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(picture.AsSpan(to), Crc32.HashToUInt32(picture.AsSpan(dataStart - 4, dataBytes + 4)));
        ReadOnlySpan<byte> end = [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];
        end.CopyTo(picture.AsSpan(to + 4));
        return picture;
    }

    private static void RequireInflated(MemoryStream data, long expected, CancellationToken cancellation)
    {
        byte[] buffer = new byte[InflateBytes];
        long found = 0;
        try
        {
            using ZLibStream inflater = new(data, CompressionMode.Decompress);
            while (found < expected && inflater.Read(buffer) is > 0 and var read)
            {
                found += read;
                cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (InvalidDataException exception)
        {
            throw new ImageRejectedException(
                ImageRejection.Undecodable,
                $"Expected PNG data that inflate to {expected} bytes; found them broken behind {found}: {exception.Message}", exception);
        }

        if (found < expected)
        {
            throw ImageGuard.Broken($"Expected PNG data that inflate to {expected} bytes; found {found}.");
        }
    }
}
