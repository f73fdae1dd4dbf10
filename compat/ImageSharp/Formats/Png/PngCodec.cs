using System.Buffers;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Native;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>All colour types and depths, interlaced or not. Transparency is dropped, not blended; gamma chunks are ignored.</summary>
internal sealed unsafe class PngCodec : IImageCodec
{
    // Ancillary chunks (profiles, texts) are inflated into memory by the library; real ones stay far below.
    private const int MaxChunkBytes = 8 << 20;
    private const int MaxCacheBytes = 32 << 20;

    // Deflate spends at least 2 bits on 258 bytes.
    private const long MaxDeflateRatio = 1032;

    public IImageFormat Format => PngFormat.Instance;

    public bool IsMatch(ReadOnlySpan<byte> data) => data.StartsWith(PngChunks.Signature);

    public ImageHeader ReadHeader(ReadOnlySpan<byte> data, bool skipMetadata)
    {
        SpngHeader header = PngChunks.ReadHeader(data);
        bool depthFits = header.ColorType switch
        {
            (byte)PngColorType.Grayscale => header.BitDepth is 1 or 2 or 4 or 8 or 16,
            (byte)PngColorType.Palette => header.BitDepth is 1 or 2 or 4 or 8,
            (byte)PngColorType.Rgb or (byte)PngColorType.GrayscaleWithAlpha or (byte)PngColorType.RgbWithAlpha => header.BitDepth is 8 or 16,
            _ => false,
        };
        if (header.Width is 0 or > int.MaxValue || header.Height is 0 or > int.MaxValue || !depthFits)
        {
            throw new InvalidImageContentException(
                $"PNG: {header.Width}x{header.Height}, colour type {header.ColorType}, {header.BitDepth} bits; no such PNG exists.");
        }

        bool gray = (PngColorType)header.ColorType is PngColorType.Grayscale or PngColorType.GrayscaleWithAlpha;
        bool wide = header.BitDepth == 16;
        PixelLayout layout = gray ? (wide ? PixelLayout.L16 : PixelLayout.L8) : (wide ? PixelLayout.Rgb48 : PixelLayout.Rgb24);
        ImageMetadata metadata = new() { DecodedImageFormat = Format };
        if (!skipMetadata)
        {
            PngChunks.ReadMetadata(data, metadata);
        }

        return new ImageHeader(new Size((int)header.Width, (int)header.Height), Channels(header) * header.BitDepth, layout, metadata);
    }

    public void CheckComplete(ReadOnlySpan<byte> data, ImageHeader header)
    {
        long bytes = header.Size.Area * header.BitsPerPixel / 8;
        if (bytes > MaxDeflateRatio * data.Length)
        {
            throw new InvalidImageContentException(
                $"PNG: {header.Size.Width}x{header.Size.Height} at {header.BitsPerPixel} bits a pixel cannot come from {data.Length} bytes.");
        }
    }

    public void Decode(ReadOnlySpan<byte> data, ImageHeader header, Size size, Span<byte> destination)
    {
        SpngHeader stored = PngChunks.ReadHeader(data);
        bool alpha = (PngColorType)stored.ColorType is PngColorType.GrayscaleWithAlpha or PngColorType.RgbWithAlpha;
        int sampleBytes = stored.BitDepth == 16 ? 2 : 1;

        if (alpha && header.Layout != PixelLayout.Rgb24)
        {
            // The library has no format for these without alpha.
            DecodeDroppingAlpha(data, header, Channels(stored), sampleBytes, destination);
        }
        else
        {
            int format = header.Layout switch
            {
                PixelLayout.L8 => Spng.FormatGray8,
                PixelLayout.Rgb24 => Spng.FormatRgb8,
                _ => Spng.FormatPng,
            };
            Decode(data, header.Size, format, destination);
        }
    }

    private static int Channels(SpngHeader header) => (PngColorType)header.ColorType switch
    {
        PngColorType.Grayscale or PngColorType.Palette => 1,
        PngColorType.GrayscaleWithAlpha => 2,
        PngColorType.Rgb => 3,
        _ => 4,
    };

    private static void DecodeDroppingAlpha(ReadOnlySpan<byte> data, ImageHeader header, int channels, int sampleBytes, Span<byte> destination)
    {
        int pixelBytes = channels * sampleBytes;
        int keptBytes = pixelBytes - sampleBytes;
        int bytes = checked((int)(header.Size.Area * pixelBytes));
        byte[] rented = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            ReadOnlySpan<byte> pixels = rented.AsSpan(0, bytes);
            Decode(data, header.Size, Spng.FormatPng, rented.AsSpan(0, bytes));
            for (int from = 0, to = 0; from < bytes; from += pixelBytes, to += keptBytes)
            {
                pixels.Slice(from, keptBytes).CopyTo(destination[to..]);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Decode(ReadOnlySpan<byte> data, Size size, int format, Span<byte> destination)
    {
        using SpngContext context = Spng.spng_ctx_new(0);
        fixed (byte* png = data)
        fixed (byte* pixels = destination)
        {
            Check(Spng.spng_set_image_limits(context, (uint)size.Width, (uint)size.Height));
            Check(Spng.spng_set_chunk_limits(context, MaxChunkBytes, MaxCacheBytes));
            Check(Spng.spng_set_png_buffer(context, png, (nuint)data.Length));
            Check(Spng.spng_decode_image(context, pixels, (nuint)destination.Length, format, 0));

            // Reads on to the end marker: without this a file cut off behind the last row would pass.
            Check(Spng.spng_decode_chunks(context));
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new InvalidImageContentException($"PNG: {Spng.ErrorText(error)}.");
        }
    }
}
