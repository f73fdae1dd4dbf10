using System.Buffers.Binary;
using System.Text;
using SixLabors.ImageSharp.Formats.Png.Chunks;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Native;

namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>Walks the chunks before the image data. Checksums are the decoder's business.</summary>
internal static class PngChunks
{
    private const int HeaderBytes = 13;

    /// <summary>Length and type before the data, checksum after.</summary>
    private const int FramingBytes = 12;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static SpngHeader ReadHeader(ReadOnlySpan<byte> data)
    {
        int position = Signature.Length;
        if (!TryNext(data, ref position, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> chunk)
            || !type.SequenceEqual("IHDR"u8) || chunk.Length != HeaderBytes)
        {
            throw new InvalidImageContentException($"PNG: expected an IHDR chunk of {HeaderBytes} bytes after the signature; the file has {data.Length} bytes.");
        }

        return new SpngHeader
        {
            Width = BinaryPrimitives.ReadUInt32BigEndian(chunk),
            Height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]),
            BitDepth = chunk[8],
            ColorType = chunk[9],
            CompressionMethod = chunk[10],
            FilterMethod = chunk[11],
            InterlaceMethod = chunk[12],
        };
    }

    /// <summary>Orientation from eXIf; texts from tEXt and from iTXt that is not compressed.</summary>
    public static void ReadMetadata(ReadOnlySpan<byte> data, ImageMetadata metadata)
    {
        int position = Signature.Length;
        while (TryNext(data, ref position, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> chunk) && !type.SequenceEqual("IDAT"u8))
        {
            if (type.SequenceEqual("eXIf"u8))
            {
                metadata.ExifProfile ??= ExifReader.Read(chunk);
            }
            else if (type.SequenceEqual("tEXt"u8))
            {
                ReadText(chunk, metadata.Png);
            }
            else if (type.SequenceEqual("iTXt"u8))
            {
                ReadInternationalText(chunk, metadata.Png);
            }
        }
    }

    private static bool TryNext(ReadOnlySpan<byte> data, ref int position, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> chunk)
    {
        type = chunk = default;
        if (data.Length - position < FramingBytes)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(data[position..]);
        if (length > data.Length - position - FramingBytes)
        {
            return false;
        }

        type = data.Slice(position + 4, 4);
        chunk = data.Slice(position + 8, (int)length);
        position += FramingBytes + (int)length;
        return true;
    }

    private static void ReadText(ReadOnlySpan<byte> chunk, PngMetadata metadata)
    {
        string keyword = Encoding.Latin1.GetString(TakeTerminated(ref chunk));
        Add(metadata, keyword, Encoding.Latin1.GetString(chunk), string.Empty, string.Empty);
    }

    private static void ReadInternationalText(ReadOnlySpan<byte> chunk, PngMetadata metadata)
    {
        string keyword = Encoding.Latin1.GetString(TakeTerminated(ref chunk));
        bool plain = chunk.Length >= 2 && chunk[0] == 0;
        if (plain)
        {
            chunk = chunk[2..];
            string language = Encoding.Latin1.GetString(TakeTerminated(ref chunk));
            string translated = Encoding.UTF8.GetString(TakeTerminated(ref chunk));
            Add(metadata, keyword, Encoding.UTF8.GetString(chunk), language, translated);
        }
    }

    private static ReadOnlySpan<byte> TakeTerminated(ref ReadOnlySpan<byte> chunk)
    {
        int end = chunk.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? chunk : chunk[..end];
        chunk = end < 0 ? default : chunk[(end + 1)..];
        return text;
    }

    private static void Add(PngMetadata metadata, string keyword, string value, string language, string translated)
    {
        if (!string.IsNullOrWhiteSpace(keyword))
        {
            metadata.TextData.Add(new PngTextData(keyword, value, language, translated));
        }
    }
}
