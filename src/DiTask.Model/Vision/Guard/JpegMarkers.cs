using System.Buffers.Binary;

namespace DiTask.Model.Vision.Guard;

/// <summary>Steps over the marker segments of a JPEG file by their lengths.</summary>
internal ref struct JpegMarkers(ReadOnlySpan<byte> file)
{
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte HuffmanTables = 0xC4;
    public const byte RestartInterval = 0xDD;
    public const byte App1 = 0xE1;
    public const byte FirstRestart = 0xD0;

    private readonly ReadOnlySpan<byte> file = file;

    /// <summary>The next byte; behind the start marker at first.</summary>
    public int Position { get; set; } = 2;

    /// <summary>C0 to CF, less Huffman tables, a reserved one and arithmetic conditioning, which share the range.</summary>
    public static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    public static bool IsRestart(byte marker) => marker is >= FirstRestart and <= 0xD7;

    /// <summary>Finds the next marker that is not a restart.</summary>
    /// <remarks>
    /// Decoders skip junk between segments, fill bytes, and what is left behind the last block of a scan; so does this, or the two would
    /// not agree on the frame header.
    /// </remarks>
    /// <exception cref="ImageRejectedException">The file ends.</exception>
    public byte Next()
    {
        byte marker;
        do
        {
            marker = NextOfAnyKind();
        }
        while (marker == 1 || IsRestart(marker));
        return marker;
    }

    /// <summary>Finds the next marker.</summary>
    /// <exception cref="ImageRejectedException">The file ends.</exception>
    public byte NextOfAnyKind()
    {
        while (Position < file.Length)
        {
            int prefix = file[Position..].IndexOf((byte)0xFF);
            if (prefix < 0)
            {
                break;
            }

            Position += prefix + 1;
            while (Position < file.Length && file[Position] == 0xFF)
            {
                Position++;
            }

            if (Position < file.Length && file[Position++] is byte marker and not 0)
            {
                return marker;
            }
        }

        throw ImageGuard.Broken($"Expected a JPEG up to its end marker; found the end of the file after {file.Length} bytes.");
    }

    /// <summary>Takes the payload of the segment whose marker was just read.</summary>
    /// <exception cref="ImageRejectedException">The segment ends behind the file.</exception>
    public ReadOnlySpan<byte> Segment(byte marker)
    {
        int left = file.Length - Position;
        int length = left >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(file[Position..]) : 0;
        if (length < 2 || length > left)
        {
            throw ImageGuard.Broken(
                $"Expected JPEG segment {marker:X2} at byte {Position - 2} to have a length of 2 to {left} bytes; found {length}.");
        }

        ReadOnlySpan<byte> segment = file.Slice(Position + 2, length - 2);
        Position += length;
        return segment;
    }
}
