using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;

namespace SixLabors.ImageSharp.Formats;

internal static class ImageCodecs
{
    private static readonly IImageCodec[] Codecs = [new JpegCodec(), new PngCodec(), new WebpCodec(), new BmpCodec()];

    public static IImageCodec Find(ReadOnlySpan<byte> data)
    {
        foreach (IImageCodec codec in Codecs)
        {
            if (codec.IsMatch(data))
            {
                return codec;
            }
        }

        throw new UnknownImageFormatException(
            $"The first bytes are not those of a JPEG, PNG, WebP or BMP image: '{Convert.ToHexString(data[..Math.Min(data.Length, 12)])}'.");
    }
}
