using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Native;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>Gray and RGB with 8 or 16 bits; texts of the metadata are written, as tEXt where they are Latin-1, else as iTXt.</summary>
public class PngEncoder : ImageEncoder
{
    public PngColorType? ColorType { get; init; }

    public PngBitDepth? BitDepth { get; init; }

    public PngFilterMethod? FilterMethod { get; init; }

    public PngCompressionLevel CompressionLevel { get; init; } = PngCompressionLevel.DefaultCompression;

    private protected override void EncodeCore<TPixel>(Image<TPixel> image, Stream stream)
    {
        PixelLayout own = PixelConversion.LayoutOf<TPixel>();
        bool gray = (ColorType ?? (own is PixelLayout.L8 or PixelLayout.L16 ? PngColorType.Grayscale : PngColorType.Rgb)) switch
        {
            PngColorType.Grayscale => true,
            PngColorType.Rgb => false,
            _ => throw new NotSupportedException($"PNG colour type {ColorType}: this subset writes Grayscale and Rgb."),
        };
        bool wide = (BitDepth ?? (own is PixelLayout.L16 or PixelLayout.Rgb48 ? PngBitDepth.Bit16 : PngBitDepth.Bit8)) switch
        {
            PngBitDepth.Bit16 => true,
            PngBitDepth.Bit8 => false,
            _ => throw new NotSupportedException($"PNG depth {BitDepth}: this subset writes 8 and 16 bits."),
        };

        switch (gray, wide)
        {
            case (true, false):
                WriteAs<TPixel, L8>(image, stream);
                break;
            case (true, true):
                WriteAs<TPixel, L16>(image, stream);
                break;
            case (false, false):
                WriteAs<TPixel, Rgb24>(image, stream);
                break;
            default:
                WriteAs<TPixel, Rgb48>(image, stream);
                break;
        }
    }

    private void WriteAs<TPixel, TStored>(Image<TPixel> image, Stream stream)
        where TPixel : unmanaged, IPixel<TPixel>
        where TStored : unmanaged, IPixel<TStored>
    {
        if (image is Image<TStored> same)
        {
            Write(same, stream);
            return;
        }

        using Image<TStored> converted = image.CloneAs<TStored>();
        Write(converted, stream);
    }

    private unsafe void Write<TStored>(Image<TStored> image, Stream stream)
        where TStored : unmanaged, IPixel<TStored>
    {
        PixelLayout layout = PixelConversion.LayoutOf<TStored>();
        SpngHeader header = new()
        {
            Width = (uint)image.Width,
            Height = (uint)image.Height,
            BitDepth = (byte)(layout is PixelLayout.L16 or PixelLayout.Rgb48 ? PngBitDepth.Bit16 : PngBitDepth.Bit8),
            ColorType = (byte)(layout is PixelLayout.L8 or PixelLayout.L16 ? PngColorType.Grayscale : PngColorType.Rgb),
        };

        using SpngContext context = Spng.spng_ctx_new(Spng.ContextEncoder);
        Check(Spng.spng_set_option(context, Spng.OptionEncodeToBuffer, 1));
        Check(Spng.spng_set_option(context, Spng.OptionCompressionLevel, (int)CompressionLevel));
        Check(Spng.spng_set_option(context, Spng.OptionFilterChoice, FilterChoice()));
        Check(Spng.spng_set_ihdr(context, header));
        using PngTextBlock texts = new(SkipMetadata ? [] : image.Metadata.Png.TextData);
        if (texts.Count > 0)
        {
            Check(Spng.spng_set_text(context, texts.Pointer, (uint)texts.Count));
        }

        Span<byte> pixels = image.Bytes;
        fixed (byte* source = pixels)
        {
            Check(Spng.spng_encode_image(context, source, (nuint)pixels.Length, Spng.FormatPng, Spng.EncodeFinalize));
        }

        byte* png = Spng.spng_get_png_buffer(context, out nuint bytes, out int error);
        try
        {
            Check(error);
            stream.Write(new ReadOnlySpan<byte>(png, checked((int)bytes)));
        }
        finally
        {
            NativeMemory.Free(png);
        }
    }

    // One filter for all rows is several times faster than trying five on each; Paeth is the original's choice.
    private int FilterChoice() => FilterMethod switch
    {
        PngFilterMethod.None => 8,
        PngFilterMethod.Sub => 16,
        PngFilterMethod.Up => 32,
        PngFilterMethod.Average => 64,
        PngFilterMethod.Adaptive => 8 | 16 | 32 | 64 | 128,
        _ => 128,
    };

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new ImageProcessingException($"PNG: {Spng.ErrorText(error)}.");
        }
    }
}
