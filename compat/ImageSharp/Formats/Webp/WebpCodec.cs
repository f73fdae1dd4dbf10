using System.Buffers.Binary;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Webp;

/// <summary>Lossy and lossless pictures; of an animation the first frame. Transparency is dropped, not blended.</summary>
internal sealed unsafe class WebpCodec : IImageCodec
{
    private const int AlphaFlag = 0x10;
    private const int AnimationFlag = 0x02;

    public IImageFormat Format => WebpFormat.Instance;

    public bool IsMatch(ReadOnlySpan<byte> data) =>
        data.Length >= WebpChunks.RiffBytes && data.StartsWith("RIFF"u8) && data[8..].StartsWith("WEBP"u8);

    public ImageHeader ReadHeader(ReadOnlySpan<byte> data, bool skipMetadata)
    {
        ReadOnlySpan<byte> chunk = FirstChunk(data, out ReadOnlySpan<byte> type);
        (Size size, bool alpha) = type switch
        {
            _ when type.SequenceEqual("VP8X"u8) && chunk.Length >= 10 => (ReadExtended(chunk), (chunk[0] & AlphaFlag) != 0),
            _ when type.SequenceEqual("VP8L"u8) && chunk.Length >= 5 && chunk[0] == 0x2F => (ReadLossless(chunk), (chunk[4] & 0x10) != 0),
            _ when type.SequenceEqual("VP8 "u8) && chunk.Length >= 10 && chunk[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) => (ReadLossy(chunk), false),
            _ => throw new InvalidImageContentException(
                $"WebP: expected a VP8, VP8L or VP8X header, found chunk {Convert.ToHexString(type)} of {chunk.Length} bytes."),
        };
        if (size.Width == 0 || size.Height == 0)
        {
            throw new InvalidImageContentException($"WebP: {size.Width}x{size.Height}; both sides must be at least 1.");
        }

        ImageMetadata metadata = new() { DecodedImageFormat = Format, ExifProfile = skipMetadata ? null : FindExif(data) };
        return new ImageHeader(size, alpha ? 32 : 24, PixelLayout.Rgb24, metadata);
    }

    public void CheckComplete(ReadOnlySpan<byte> data, ImageHeader header)
    {
        // The library decodes what is there of a lossy picture with one partition, so the length is ours to check.
        long riffBytes = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
        if (riffBytes + WebpChunks.HeaderBytes > data.Length)
        {
            throw new InvalidImageContentException($"WebP: the header claims {riffBytes + WebpChunks.HeaderBytes} bytes; the file has {data.Length}.");
        }

        CheckChunks(data[..(int)(riffBytes + WebpChunks.HeaderBytes)]);
    }

    public void Decode(ReadOnlySpan<byte> data, ImageHeader header, Size size, Span<byte> destination)
    {
        ReadOnlySpan<byte> first = FirstChunk(data, out ReadOnlySpan<byte> type);
        if (type.SequenceEqual("VP8X"u8) && (first[0] & AnimationFlag) != 0)
        {
            data = WebpAnimation.FirstFrame(data, size);
        }

        fixed (byte* webp = data)
        fixed (byte* pixels = destination)
        {
            bool known = Native.Webp.WebPGetInfo(webp, (nuint)data.Length, out int width, out int height) != 0;

            // The destination was measured by our own reading of the header; the library must not have found another one.
            if (!known || width != size.Width || height != size.Height)
            {
                throw new InvalidImageContentException($"WebP: the header says {size}; the picture is {new Size(width, height)}.");
            }

            byte* decoded = Native.Webp.WebPDecodeRGBInto(
                webp, (nuint)data.Length, pixels, (nuint)destination.Length, destination.Length / size.Height);
            if (decoded == null)
            {
                throw new InvalidImageContentException($"WebP: the picture data of the {data.Length}-byte file are damaged or cut off.");
            }
        }
    }

    private static ReadOnlySpan<byte> FirstChunk(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> type)
    {
        type = data[WebpChunks.RiffBytes..Math.Min(WebpChunks.RiffBytes + 4, data.Length)];
        return data[Math.Min(WebpChunks.RiffBytes + WebpChunks.HeaderBytes, data.Length)..];
    }

    private static Size ReadExtended(ReadOnlySpan<byte> chunk) => new(1 + ReadUInt24(chunk[4..]), 1 + ReadUInt24(chunk[7..]));

    private static Size ReadLossless(ReadOnlySpan<byte> chunk)
    {
        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[1..]);
        return new Size(1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
    }

    private static Size ReadLossy(ReadOnlySpan<byte> chunk) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(chunk[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(chunk[8..]) & 0x3FFF);

    private static int ReadUInt24(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);

    private static ExifProfile? FindExif(ReadOnlySpan<byte> data)
    {
        int position = WebpChunks.RiffBytes;
        while (WebpChunks.TryNext(data, ref position, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> chunk))
        {
            if (type.SequenceEqual("EXIF"u8))
            {
                return ExifReader.Read(chunk);
            }
        }

        return null;
    }

    private static void CheckChunks(ReadOnlySpan<byte> data)
    {
        int position = WebpChunks.RiffBytes;
        while (WebpChunks.TryNext(data, ref position, out _, out _))
        {
        }

        if (position < data.Length)
        {
            throw new InvalidImageContentException($"WebP: the chunk at byte {position} goes past the end of the file, {data.Length} bytes.");
        }
    }
}
