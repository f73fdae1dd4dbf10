using System.Buffers.Binary;
using System.Numerics;

namespace TorchSharp.Utils;

/// <summary>The checksum of TFRecord files.</summary>
internal static class Crc32C
{
    // The format's own rule: a checksum of data that hold checksums would be weak, so each is rotated and shifted by a constant.
    private const uint MaskDelta = 0xa282ead8;

    public static uint Masked(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Of(data), 15) + MaskDelta;

    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
