using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>Finds the orientation in the first directory of a TIFF structure. Damaged EXIF is no EXIF: pictures survive it.</summary>
internal static class ExifReader
{
    private const int EntryBytes = 12;
    private const ushort TypeShort = 3;

    private static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    /// <param name="data">The payload of APP1, eXIf or EXIF, with or without the prefix that JPEG puts before it.</param>
    public static ExifProfile? Read(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith(Prefix))
        {
            data = data[Prefix.Length..];
        }

        bool littleEndian = data.StartsWith("II*\0"u8);
        if (data.Length < 8 || (!littleEndian && !data.StartsWith("MM\0*"u8)))
        {
            return null;
        }

        ExifProfile profile = new();
        uint directory = ReadUInt32(data[4..], littleEndian);
        if (directory > data.Length - 2)
        {
            return profile;
        }

        int count = ReadUInt16(data[(int)directory..], littleEndian);
        ReadOnlySpan<byte> entries = data[((int)directory + 2)..];
        for (int i = 0; i < count && (i + 1) * EntryBytes <= entries.Length; i++)
        {
            ReadOnlySpan<byte> entry = entries.Slice(i * EntryBytes, EntryBytes);
            bool isOrientation = ReadUInt16(entry, littleEndian) == (ushort)ExifTag.Orientation
                && ReadUInt16(entry[2..], littleEndian) == TypeShort
                && ReadUInt32(entry[4..], littleEndian) == 1;
            if (isOrientation)
            {
                profile.SetValue(ExifTag.Orientation, ReadUInt16(entry[8..], littleEndian));
                break;
            }
        }

        return profile;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> data, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private static uint ReadUInt32(ReadOnlySpan<byte> data, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);
}
