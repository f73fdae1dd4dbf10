using System.Buffers.Binary;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace SixLabors.ImageSharp.Formats.Jpeg;

/// <summary>Walks the marker segments of a JPEG file. Segments are skipped by their length; entropy-coded data are not decoded.</summary>
internal static class JpegMarkers
{
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte App1 = 0xE1;

    /// <summary>Sample precision, size and components of the first frame header; orientation if an EXIF segment precedes it.</summary>
    public static (int Precision, Size Size, int Components, ExifProfile? Exif) ReadFrame(ReadOnlySpan<byte> data)
    {
        ExifProfile? exif = null;
        int position = 2;
        while (true)
        {
            byte marker = NextMarker(data, ref position);
            if (marker is StartOfScan or End)
            {
                throw new InvalidImageContentException($"JPEG: marker {marker:X2} at byte {position - 1} comes before any frame header.");
            }

            ReadOnlySpan<byte> segment = NextSegment(data, marker, ref position);
            if (marker == App1 && segment.StartsWith("Exif\0"u8))
            {
                exif ??= ExifReader.Read(segment);
            }
            else if (IsFrameHeader(marker))
            {
                if (segment.Length < 6)
                {
                    throw new InvalidImageContentException($"JPEG: a frame header has at least 6 bytes, found {segment.Length}.");
                }

                Size size = new(BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[1..]));
                return (segment[0], size, segment[5], exif);
            }
        }
    }

    /// <summary>Number of scans up to the end marker; a file without one was cut off.</summary>
    public static int CountScans(ReadOnlySpan<byte> data)
    {
        int scans = 0;
        int position = 2;
        while (true)
        {
            byte marker = NextMarker(data, ref position);
            if (marker == End && scans > 0)
            {
                return scans;
            }

            if (marker is Start or End)
            {
                throw new InvalidImageContentException($"JPEG: unexpected marker {marker:X2} at byte {position - 1}.");
            }

            NextSegment(data, marker, ref position);
            if (marker == StartOfScan)
            {
                scans++;
                SkipEntropyCoded(data, ref position);
            }
        }
    }

    // C4, C8 and CC share the range of frame headers: Huffman tables, reserved, arithmetic conditioning.
    private static bool IsFrameHeader(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static byte NextMarker(ReadOnlySpan<byte> data, ref int position)
    {
        // libjpeg skips garbage between segments with a warning; so do we, or the two would disagree about the frame header.
        while (position < data.Length)
        {
            int prefix = data[position..].IndexOf((byte)0xFF);
            if (prefix < 0)
            {
                break;
            }

            position += prefix + 1;
            while (position < data.Length && data[position] == 0xFF)
            {
                position++;
            }

            if (position < data.Length && data[position++] is byte marker and not 0 and not 1 and not (>= 0xD0 and <= 0xD7))
            {
                return marker;
            }
        }

        throw new InvalidImageContentException($"JPEG: premature end of file after {data.Length} bytes.");
    }

    private static ReadOnlySpan<byte> NextSegment(ReadOnlySpan<byte> data, byte marker, ref int position)
    {
        int length = position + 2 <= data.Length ? BinaryPrimitives.ReadUInt16BigEndian(data[position..]) : 0;
        if (length < 2 || length > data.Length - position)
        {
            throw new InvalidImageContentException(
                $"JPEG: segment {marker:X2} at byte {position - 2} claims {length} bytes; {data.Length - position} remain in the file.");
        }

        ReadOnlySpan<byte> segment = data.Slice(position + 2, length - 2);
        position += length;
        return segment;
    }

    private static void SkipEntropyCoded(ReadOnlySpan<byte> data, ref int position)
    {
        while (position < data.Length)
        {
            int prefix = data[position..].IndexOf((byte)0xFF);
            if (prefix < 0 || position + prefix + 1 >= data.Length)
            {
                break;
            }

            position += prefix;
            if (data[position + 1] is not 0 and not 0xFF and not (>= 0xD0 and <= 0xD7))
            {
                return;
            }

            // Of a run of 0xFF any but the last may be fill: step over one, over both bytes of a stuffed zero or a restart.
            position += data[position + 1] == 0xFF ? 1 : 2;
        }

        throw new InvalidImageContentException($"JPEG: premature end of file after {data.Length} bytes, inside a scan.");
    }
}
