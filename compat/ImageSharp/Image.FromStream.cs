using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <content>A stream is read to its end first: callers bound it.</content>
public abstract partial class Image
{
    public static IImageFormat DetectFormat(Stream stream) => DetectFormat(ReadAll(stream));

    public static ImageInfo Identify(Stream stream) => Identify(DecoderOptions.Default, stream);

    public static ImageInfo Identify(DecoderOptions options, Stream stream) => Identify(options, ReadAll(stream));

    public static Image<TPixel> Load<TPixel>(Stream stream)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(DecoderOptions.Default, stream);

    public static Image<TPixel> Load<TPixel>(DecoderOptions options, Stream stream)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(options, ReadAll(stream));

    public static ImageInfo Identify(string path) => Identify(File.ReadAllBytes(path));

    public static Image<TPixel> Load<TPixel>(string path)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(DecoderOptions.Default, path);

    public static Image<TPixel> Load<TPixel>(DecoderOptions options, string path)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(options, File.ReadAllBytes(path));

    private static ReadOnlySpan<byte> ReadAll(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new NotSupportedException("Cannot read from the stream.");
        }

        MemoryStream copy = new(stream.CanSeek ? checked((int)(stream.Length - stream.Position)) : 0);
        stream.CopyTo(copy);
        return copy.GetBuffer().AsSpan(0, (int)copy.Length);
    }
}
