using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Formats.Bmp;

/// <summary>The file header and any of the information headers, checked.</summary>
/// <param name="PixelOffset">First byte of the rows.</param>
/// <param name="PaletteOffset">First palette entry; palettes exist up to 8 bits a pixel.</param>
/// <param name="PaletteEntryBytes">3 in the oldest header, else 4.</param>
internal sealed record BmpHeader(
    Size Size, bool TopDown, int BitsPerPixel, int PixelOffset, int PaletteOffset, int PaletteEntries, int PaletteEntryBytes,
    bool HasMasks, BmpMask Red, BmpMask Green, BmpMask Blue)
{
    private const int FileHeaderBytes = 14;
    private const int CoreHeaderBytes = 12;
    private const int InfoHeaderBytes = 40;
    private const int MasksOffset = FileHeaderBytes + InfoHeaderBytes;
    private const int CompressionNone = 0;
    private const int CompressionMasks = 3;
    private const int CompressionMasksAlpha = 6;

    /// <summary>Rows are padded to 4 bytes.</summary>
    public long Stride => (((long)Size.Width * BitsPerPixel) + 31) / 32 * 4;

    public long RowBytes => (((long)Size.Width * BitsPerPixel) + 7) / 8;

    public static bool IsKnownSize(uint headerBytes) => headerBytes is CoreHeaderBytes or InfoHeaderBytes or 52 or 56 or 64 or 108 or 124;

    public static BmpHeader Read(ReadOnlySpan<byte> data)
    {
        int headerBytes = BinaryPrimitives.ReadInt32LittleEndian(data[FileHeaderBytes..]);
        if (data.Length < FileHeaderBytes + headerBytes)
        {
            throw new InvalidImageContentException($"BMP: the headers take {FileHeaderBytes + headerBytes} bytes; the file has {data.Length}.");
        }

        bool core = headerBytes == CoreHeaderBytes;
        ReadOnlySpan<byte> info = data.Slice(FileHeaderBytes, headerBytes);
        int width = core ? BinaryPrimitives.ReadUInt16LittleEndian(info[4..]) : BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
        int height = core ? BinaryPrimitives.ReadUInt16LittleEndian(info[6..]) : BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(info[(core ? 10 : 14)..]);
        uint compression = core ? CompressionNone : BinaryPrimitives.ReadUInt32LittleEndian(info[16..]);
        uint colorsUsed = core ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(info[32..]);

        if (width <= 0 || height is 0 or int.MinValue || bits is not (1 or 4 or 8 or 16 or 24 or 32))
        {
            throw new InvalidImageContentException($"BMP: {width}x{height} at {bits} bits a pixel; expected sides above 0 and 1, 4, 8, 16, 24 or 32 bits.");
        }

        bool masks = compression is CompressionMasks or CompressionMasksAlpha;
        if (compression != CompressionNone && !(masks && bits is 16 or 32))
        {
            throw new InvalidImageContentException($"BMP: compression {compression} at {bits} bits a pixel is not supported; expected uncompressed rows.");
        }

        uint pixelOffset = BinaryPrimitives.ReadUInt32LittleEndian(data[10..]);
        int paletteOffset = FileHeaderBytes + headerBytes;
        if (pixelOffset < paletteOffset || pixelOffset > data.Length)
        {
            throw new InvalidImageContentException($"BMP: pixels start at byte {pixelOffset}; the file has {data.Length} bytes, {paletteOffset} of them headers.");
        }

        int entryBytes = core ? 3 : 4;
        long palette = bits > 8 ? 0 : Math.Min(colorsUsed == 0 ? 1u << bits : Math.Min(colorsUsed, 1u << bits), (pixelOffset - paletteOffset) / entryBytes);
        var (red, green, blue) = masks ? ReadMasks(data) : bits == 16 ? DefaultMasks : default;
        return new BmpHeader(
            new Size(width, Math.Abs(height)), height < 0, bits, (int)pixelOffset, paletteOffset, (int)palette, entryBytes,
            masks || bits == 16, red, green, blue);
    }

    private static (BmpMask Red, BmpMask Green, BmpMask Blue) DefaultMasks => (new(0x7C00), new(0x03E0), new(0x001F));

    // Behind the 40 bytes that all later headers start with, whether the masks are a part of the header or follow it.
    private static (BmpMask Red, BmpMask Green, BmpMask Blue) ReadMasks(ReadOnlySpan<byte> data)
    {
        if (data.Length < MasksOffset + 12)
        {
            throw new InvalidImageContentException($"BMP: colour masks end at byte {MasksOffset + 12}; the file has {data.Length} bytes.");
        }

        return (Mask(data, 0), Mask(data, 4), Mask(data, 8));
    }

    private static BmpMask Mask(ReadOnlySpan<byte> data, int offset) => new(BinaryPrimitives.ReadUInt32LittleEndian(data[(MasksOffset + offset)..]));
}
