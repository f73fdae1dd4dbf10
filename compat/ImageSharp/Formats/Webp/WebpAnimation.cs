using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Formats.Webp;

/// <summary>The decoding library reads still pictures only: the first frame is handed to it as a file of its own.</summary>
internal static class WebpAnimation
{
    /// <summary>Position, size, duration and flags before the chunks of a frame.</summary>
    private const int FrameHeaderBytes = 16;

    public static byte[] FirstFrame(ReadOnlySpan<byte> data, Size canvas)
    {
        int position = WebpChunks.RiffBytes;
        while (WebpChunks.TryNext(data, ref position, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> frame))
        {
            if (type.SequenceEqual("ANMF"u8))
            {
                return Wrap(frame, canvas);
            }
        }

        throw new InvalidImageContentException("WebP: an animation without a frame.");
    }

    private static byte[] Wrap(ReadOnlySpan<byte> frame, Size canvas)
    {
        int position = FrameHeaderBytes;
        while (WebpChunks.TryNext(frame, ref position, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> picture))
        {
            // Only the colour chunk: alpha, in a chunk of its own beside lossy frames, is dropped in any case.
            if (type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8))
            {
                byte[] file = new byte[WebpChunks.RiffBytes + WebpChunks.HeaderBytes + picture.Length + (picture.Length & 1)];
                "RIFF"u8.CopyTo(file);
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - WebpChunks.HeaderBytes);
                "WEBP"u8.CopyTo(file.AsSpan(8));
                type.CopyTo(file.AsSpan(WebpChunks.RiffBytes));
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(WebpChunks.RiffBytes + 4), picture.Length);
                picture.CopyTo(file.AsSpan(WebpChunks.RiffBytes + WebpChunks.HeaderBytes));
                return file;
            }
        }

        throw new InvalidImageContentException($"WebP: the first frame of a {canvas.Width}x{canvas.Height} animation holds no picture.");
    }
}
