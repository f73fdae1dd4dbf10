using System.Buffers.Binary;

namespace DiTask.Model.Vision;

/// <summary>Counts the frames of an animated PNG or WebP from its chunks, without decoding.</summary>
internal static class AnimationFrames
{
    private const int PngSignatureBytes = 8;
    private const int PngChunkBytes = 12; // length, name, checksum
    private const int WebpHeaderBytes = 12; // RIFF, length, WEBP
    private const int WebpChunkBytes = 8; // name, length

    /// <summary>Frames of <paramref name="file"/>; 1 for a still picture, for other formats and for chunks that make no sense.</summary>
    public static int Count(ReadOnlySpan<byte> file) =>
        file.Length > PngSignatureBytes && file[1..].StartsWith("PNG"u8) ? CountPng(file)
        : file.Length > WebpHeaderBytes && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? CountWebp(file)
        : 1;

    /// <summary>The animation control chunk, which comes before the pixels, says how many.</summary>
    private static int CountPng(ReadOnlySpan<byte> file)
    {
        for (long offset = PngSignatureBytes; offset + PngChunkBytes <= file.Length;)
        {
            ReadOnlySpan<byte> chunk = file[(int)offset..];
            if (chunk[4..].StartsWith("acTL"u8))
            {
                return (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(chunk[8..]), 1, int.MaxValue);
            }

            if (chunk[4..].StartsWith("IDAT"u8))
            {
                return 1;
            }

            offset += PngChunkBytes + BinaryPrimitives.ReadUInt32BigEndian(chunk);
        }

        return 1;
    }

    /// <summary>Every frame has a chunk of its own.</summary>
    private static int CountWebp(ReadOnlySpan<byte> file)
    {
        int frames = 0;
        for (long offset = WebpHeaderBytes; offset + WebpChunkBytes <= file.Length;)
        {
            ReadOnlySpan<byte> chunk = file[(int)offset..];
            frames += chunk.StartsWith("ANMF"u8) ? 1 : 0;
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);

            // Chunks of odd length are filled up.
            offset += WebpChunkBytes + length + (length & 1);
        }

        return Math.Max(frames, 1);
    }
}
