using System.Buffers.Binary;

namespace DiTask.Model.Vision.Guard;

/// <summary>Rules for WebP.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>The file has the bytes that its RIFF header claims, and every chunk lies within them: the decoder makes a picture of what is
/// there.</item>
/// <item>There is a picture, or a frame with one: of an animation the first is decoded.</item>
/// </list>
/// </remarks>
internal static class WebpGuard
{
    private const int RiffBytes = 12; // RIFF, length, WEBP
    private const int ChunkBytes = 8; // type, length
    private const int FrameBytes = 16; // place, size, duration and flags of a frame before its chunks
    private const int LosslessBytesPerPixel = 4;

    private static ReadOnlySpan<byte> LossyStart => [0x9D, 0x01, 0x2A];

    public static bool IsMatch(ReadOnlySpan<byte> file) =>
        file.Length >= RiffBytes && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    /// <summary>Reads the first chunk, the orientation and the number of frames, as far as the file goes.</summary>
    /// <exception cref="ImageRejectedException">There is no header, or it is broken.</exception>
    public static StoredHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        // Not by the length of the chunk: the header of a file that was cut is read too.
        ReadOnlySpan<byte> type = file[RiffBytes..Math.Min(RiffBytes + 4, file.Length)];
        ReadOnlySpan<byte> data = file[Math.Min(RiffBytes + ChunkBytes, file.Length)..];
        (int width, int height) = type switch
        {
            _ when type.SequenceEqual("VP8X"u8) && data.Length >= 10 => (1 + UInt24(data[4..]), 1 + UInt24(data[7..])),
            _ when type.SequenceEqual("VP8L"u8) && data.Length >= 5 && data[0] == 0x2F => Lossless(data),
            _ when type.SequenceEqual("VP8 "u8) && data.Length >= 10 && data[3..].StartsWith(LossyStart) => Lossy(data),
            _ => throw ImageGuard.Broken(
                "Expected a WebP with a VP8, VP8L or VP8X header; "
                + $"found chunk {Convert.ToHexString(type)} with {data.Length} bytes behind it."),
        };
        if (width == 0 || height == 0)
        {
            throw ImageGuard.Broken($"Expected a WebP with sides above 0; found {width}x{height}.");
        }

        int frames = 0, orientation = 1, position = RiffBytes;
        while (TryNext(file, ref position, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> chunk))
        {
            frames += name.SequenceEqual("ANMF"u8) ? 1 : 0;
            orientation = name.SequenceEqual("EXIF"u8) && orientation == 1 ? ExifOrientation.Read(chunk) ?? 1 : orientation;
        }

        return new StoredHeader(width, height, ImageFormat.Webp, orientation)
        {
            Frames = Math.Max(frames, 1),
            LibraryBytesPerPixel = LosslessBytesPerPixel,
        };
    }

    /// <summary>Walks the chunks.</summary>
    /// <exception cref="ImageRejectedException">A rule is broken.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        long claimed = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + (long)ChunkBytes;
        if (claimed > file.Length || claimed < RiffBytes)
        {
            throw ImageGuard.Broken($"Expected a WebP file of {claimed} bytes, as its header says; found {file.Length}.");
        }

        if (!HasPicture(file[..(int)claimed], RiffBytes, frames: true))
        {
            throw ImageGuard.Broken("Expected a WebP with a picture; found no VP8 or VP8L chunk.");
        }
    }

    // Frames do not hold frames: a file that nests them is not followed.
    private static bool HasPicture(ReadOnlySpan<byte> data, int position, bool frames)
    {
        bool found = false;
        while (TryNext(data, ref position, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> chunk))
        {
            found |= name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8)
                || (frames && !found && name.SequenceEqual("ANMF"u8) && chunk.Length > FrameBytes
                    && HasPicture(chunk[FrameBytes..], 0, false));
        }

        return position >= data.Length
            ? found
            : throw ImageGuard.Broken(
                $"Expected WebP chunks that end with what holds them; found one at byte {position} that does not, of {data.Length} bytes.");
    }

    private static bool TryNext(ReadOnlySpan<byte> data, scoped ref int position, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> chunk)
    {
        type = chunk = default;
        int left = data.Length - position;
        uint length = left >= ChunkBytes ? BinaryPrimitives.ReadUInt32LittleEndian(data[(position + 4)..]) : 0;
        if (left < ChunkBytes || length > left - ChunkBytes)
        {
            return false;
        }

        type = data.Slice(position, 4);
        chunk = data.Slice(position + ChunkBytes, (int)length);

        // Chunks of odd length are filled up.
        position = (int)Math.Min(data.Length, position + ChunkBytes + (long)length + (length & 1));
        return true;
    }

    private static (int Width, int Height) Lossless(ReadOnlySpan<byte> data)
    {
        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
    }

    private static (int Width, int Height) Lossy(ReadOnlySpan<byte> data) =>
        (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);

    private static int UInt24(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);
}
