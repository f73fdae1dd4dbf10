using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Bmp;

/// <summary>Uncompressed rows of 1, 4, 8 (palette), 16, 24 and 32 bits, bottom-up or top-down. Alpha is dropped.</summary>
internal sealed class BmpCodec : IImageCodec
{
    private const int SmallestHeaders = 26;

    public IImageFormat Format => BmpFormat.Instance;

    // Two letters are too little to call a file a BMP: the size of its second header must be one that exists.
    public bool IsMatch(ReadOnlySpan<byte> data) =>
        data.Length >= SmallestHeaders && data.StartsWith("BM"u8) && BmpHeader.IsKnownSize(BinaryPrimitives.ReadUInt32LittleEndian(data[14..]));

    public ImageHeader ReadHeader(ReadOnlySpan<byte> data, bool skipMetadata)
    {
        BmpHeader header = BmpHeader.Read(data);
        return new ImageHeader(header.Size, header.BitsPerPixel, PixelLayout.Rgb24, new ImageMetadata { DecodedImageFormat = Format });
    }

    public void CheckComplete(ReadOnlySpan<byte> data, ImageHeader header)
    {
        BmpHeader bmp = BmpHeader.Read(data);

        // Some writers leave out the padding of the last row.
        long end = bmp.PixelOffset + (bmp.Stride * (bmp.Size.Height - 1)) + bmp.RowBytes;
        if (end > data.Length)
        {
            throw new InvalidImageContentException(
                $"BMP: {bmp.Size.Width}x{bmp.Size.Height} at {bmp.BitsPerPixel} bits a pixel ends at byte {end}; the file has {data.Length}.");
        }
    }

    public void Decode(ReadOnlySpan<byte> data, ImageHeader header, Size size, Span<byte> destination)
    {
        BmpHeader bmp = BmpHeader.Read(data);
        Span<Rgb24> pixels = MemoryMarshal.Cast<byte, Rgb24>(destination);
        ReadOnlySpan<Rgb24> palette = ReadPalette(data, bmp);
        for (int y = 0; y < size.Height; y++)
        {
            int stored = bmp.TopDown ? y : size.Height - 1 - y;
            ReadOnlySpan<byte> from = data.Slice((int)(bmp.PixelOffset + (bmp.Stride * stored)), (int)bmp.RowBytes);
            Span<Rgb24> to = pixels.Slice(y * size.Width, size.Width);
            switch (bmp.BitsPerPixel)
            {
                case <= 8:
                    DecodePaletteRow(from, bmp.BitsPerPixel, palette, to);
                    break;
                case 16:
                    DecodeMaskedRow(MemoryMarshal.Cast<byte, ushort>(from), bmp, to);
                    break;
                case 24:
                    DecodeBgrRow(from, 3, to);
                    break;
                default:
                    Decode32BitRow(from, bmp, to);
                    break;
            }
        }
    }

    private static Rgb24[] ReadPalette(ReadOnlySpan<byte> data, BmpHeader bmp)
    {
        Rgb24[] palette = new Rgb24[bmp.PaletteEntries];
        for (int i = 0; i < palette.Length; i++)
        {
            ReadOnlySpan<byte> entry = data.Slice(bmp.PaletteOffset + (i * bmp.PaletteEntryBytes), 3);
            palette[i] = new Rgb24(entry[2], entry[1], entry[0]);
        }

        return palette;
    }

    private static void DecodePaletteRow(ReadOnlySpan<byte> from, int bits, ReadOnlySpan<Rgb24> palette, Span<Rgb24> to)
    {
        int perByte = 8 / bits;
        int mask = (1 << bits) - 1;
        for (int x = 0; x < to.Length; x++)
        {
            // The leftmost pixel is in the highest bits.
            int index = (from[x / perByte] >> (8 - bits - (x % perByte * bits))) & mask;
            if (index >= palette.Length)
            {
                throw new InvalidImageContentException($"BMP: a pixel has colour {index} of a palette of {palette.Length}.");
            }

            to[x] = palette[index];
        }
    }

    private static void DecodeMaskedRow(ReadOnlySpan<ushort> from, BmpHeader bmp, Span<Rgb24> to)
    {
        for (int x = 0; x < to.Length; x++)
        {
            to[x] = new Rgb24(bmp.Red.Scale(from[x]), bmp.Green.Scale(from[x]), bmp.Blue.Scale(from[x]));
        }
    }

    private static void Decode32BitRow(ReadOnlySpan<byte> from, BmpHeader bmp, Span<Rgb24> to)
    {
        if (!bmp.HasMasks)
        {
            DecodeBgrRow(from, 4, to);
            return;
        }

        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(from);
        for (int x = 0; x < to.Length; x++)
        {
            to[x] = new Rgb24(bmp.Red.Scale(pixels[x]), bmp.Green.Scale(pixels[x]), bmp.Blue.Scale(pixels[x]));
        }
    }

    private static void DecodeBgrRow(ReadOnlySpan<byte> from, int pixelBytes, Span<Rgb24> to)
    {
        for (int x = 0; x < to.Length; x++)
        {
            int at = x * pixelBytes;
            to[x] = new Rgb24(from[at + 2], from[at + 1], from[at]);
        }
    }
}
