using System.Buffers.Binary;

namespace DiTask.Model.Vision.Guard;

/// <summary>Finds the orientation in the first directory of a TIFF structure. Damaged EXIF is no EXIF: pictures survive it.</summary>
/// <remarks>
/// The tag is a SHORT by the standard; LONG, BYTE and more than one value are written too, and exiftool reads them all. So does this: any
/// integer type, the first of the values, inside the entry or where it points to.
/// </remarks>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const int EntryBytes = 12;

    private static ReadOnlySpan<byte> Prefix => "Exif\0"u8;

    /// <summary>Says whether a payload of JPEG's APP1 is EXIF; it is XMP, or anything, otherwise.</summary>
    public static bool IsExif(ReadOnlySpan<byte> segment) => segment.StartsWith(Prefix);

    /// <summary>Orientation 1 to 8; null if there is none or a wrong one.</summary>
    /// <param name="data">The payload of APP1, eXIf or EXIF, with or without the prefix that JPEG puts before it.</param>
    public static int? Read(ReadOnlySpan<byte> data)
    {
        if (IsExif(data))
        {
            data = data[Math.Min(Prefix.Length + 1, data.Length)..];
        }

        bool little = data.StartsWith("II*\0"u8);
        if (data.Length < 8 || (!little && !data.StartsWith("MM\0*"u8)))
        {
            return null;
        }

        uint directory = UInt32(data[4..], little);
        if (directory > data.Length - 2)
        {
            return null;
        }

        int count = UInt16(data[(int)directory..], little);
        ReadOnlySpan<byte> entries = data[((int)directory + 2)..];
        for (int i = 0; i < count && (i + 1) * EntryBytes <= entries.Length; i++)
        {
            ReadOnlySpan<byte> entry = entries.Slice(i * EntryBytes, EntryBytes);
            if (UInt16(entry, little) == Tag)
            {
                return FirstValue(data, entry, little) is >= 1 and <= 8 and var value ? (int)value : null;
            }
        }

        return null;
    }

    private static long? FirstValue(ReadOnlySpan<byte> data, ReadOnlySpan<byte> entry, bool little)
    {
        // BYTE, SHORT, LONG and their signed forms.
        int bytes = UInt16(entry[2..], little) switch
        {
            1 or 6 => 1,
            3 or 8 => 2,
            4 or 9 => 4,
            _ => 0,
        };
        uint values = UInt32(entry[4..], little);
        if (bytes == 0 || values == 0)
        {
            return null;
        }

        ReadOnlySpan<byte> place = entry[8..];
        if ((long)values * bytes > place.Length)
        {
            uint offset = UInt32(place, little);
            if (offset > data.Length - bytes)
            {
                return null;
            }

            place = data[(int)offset..];
        }

        return bytes switch
        {
            1 => place[0],
            2 => UInt16(place, little),
            _ => UInt32(place, little),
        };
    }

    private static ushort UInt16(ReadOnlySpan<byte> data, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private static uint UInt32(ReadOnlySpan<byte> data, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);
}
