using System.Buffers;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace SixLabors.ImageSharp;

public abstract partial class Image
{
    public static IImageFormat DetectFormat(ReadOnlySpan<byte> buffer) => DetectFormat(DecoderOptions.Default, buffer);

    public static IImageFormat DetectFormat(DecoderOptions options, ReadOnlySpan<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ImageCodecs.Find(buffer).Format;
    }

    public static ImageInfo Identify(ReadOnlySpan<byte> buffer) => Identify(DecoderOptions.Default, buffer);

    public static ImageInfo Identify(DecoderOptions options, ReadOnlySpan<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ImageHeader header = ImageCodecs.Find(buffer).ReadHeader(buffer, options.SkipMetadata);
        return new ImageInfo(new PixelTypeInfo(header.BitsPerPixel), header.Size, header.Metadata);
    }

    public static Image<TPixel> Load<TPixel>(ReadOnlySpan<byte> data)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(DecoderOptions.Default, data);

    public static Image<TPixel> Load<TPixel>(DecoderOptions options, ReadOnlySpan<byte> data)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(options);
        IImageCodec codec = ImageCodecs.Find(data);
        ImageHeader header = codec.ReadHeader(data, options.SkipMetadata);
        ImageLimits.Check(header.Size);
        codec.CheckComplete(data, header);

        PixelBuffer<TPixel> pixels = new(codec.DecodedSize(header, options.TargetSize));
        try
        {
            Decode(codec, data, header, pixels);
            Resampler.FitToTarget(ref pixels, options.TargetSize);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }

        return new Image<TPixel>(options.Configuration, header.Metadata, pixels);
    }

    private static void Decode<TPixel>(IImageCodec codec, ReadOnlySpan<byte> data, ImageHeader header, PixelBuffer<TPixel> pixels)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        if (PixelConversion.LayoutOf<TPixel>() == header.Layout)
        {
            codec.Decode(data, header, pixels.Size, pixels.Bytes);
            return;
        }

        int bytes = checked((int)(pixels.Size.Area * PixelConversion.BytesPerPixel(header.Layout)));
        byte[] rented = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            codec.Decode(data, header, pixels.Size, rented.AsSpan(0, bytes));
            PixelConversion.Convert(rented.AsSpan(0, bytes), header.Layout, pixels.Span);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
