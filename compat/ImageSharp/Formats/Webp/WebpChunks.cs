using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Formats.Webp;

/// <summary>RIFF chunks: four letters, length, data, padding to an even offset.</summary>
internal static class WebpChunks
{
    /// <summary>"RIFF", length of the rest, "WEBP".</summary>
    public const int RiffBytes = 12;
    public const int HeaderBytes = 8;

    public static bool TryNext(ReadOnlySpan<byte> data, ref int position, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> chunk)
    {
        type = chunk = default;
        if (data.Length - position < HeaderBytes)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(data[(position + 4)..]);
        if (length > data.Length - position - HeaderBytes)
        {
            return false;
        }

        type = data.Slice(position, 4);
        chunk = data.Slice(position + HeaderBytes, (int)length);

        // Chunks start at even offsets.
        position = (int)Math.Min(data.Length, position + HeaderBytes + (long)length + (length & 1));
        return true;
    }
}
