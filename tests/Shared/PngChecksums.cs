using System.Buffers.Binary;

namespace DiTask.Tests;

/// <summary>Makes the checksums of a damaged PNG right again, so that the damage gets past them.</summary>
internal static class PngChecksums
{
    private const int SignatureBytes = 8;
    private const int FramingBytes = 12;

    public static void Mend(byte[] file)
    {
        for (long offset = SignatureBytes; offset + FramingBytes <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)offset));
            if (length > file.Length - offset - FramingBytes)
            {
                return;
            }

            Span<byte> covered = file.AsSpan((int)offset + 4, (int)length + 4);
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)(offset + 8 + length)), Crc32(covered));
            offset += FramingBytes + length;
        }
    }

    /// <summary>CRC of ISO 3309, bit by bit: the pictures are small.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
