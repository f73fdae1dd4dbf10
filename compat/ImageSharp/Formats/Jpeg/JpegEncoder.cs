using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Native;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Jpeg;

/// <summary>Baseline, chroma at half resolution (4:2:0), gray pixel types as one component; no metadata is written.</summary>
public sealed unsafe class JpegEncoder : ImageEncoder
{
    private const int DefaultQuality = 75;
    private readonly int? quality;

    public int? Quality
    {
        get => quality;
        init => quality = value is < 1 or > 100
            ? throw new ArgumentException($"Quality factor must be in [1..100] range; found {value}.", nameof(value))
            : value;
    }

    private protected override void EncodeCore<TPixel>(Image<TPixel> image, Stream stream)
    {
        switch (PixelConversion.LayoutOf<TPixel>())
        {
            case PixelLayout.L8:
                Compress(image.Bytes, image.Size, TurboJpeg.PixelFormatGray, stream);
                break;
            case PixelLayout.Rgb24:
                Compress(image.Bytes, image.Size, TurboJpeg.PixelFormatRgb, stream);
                break;
            case PixelLayout.L16:
                using (Image<L8> gray = image.CloneAs<L8>())
                {
                    EncodeCore(gray, stream);
                }

                break;
            default:
                using (Image<Rgb24> rgb = image.CloneAs<Rgb24>())
                {
                    EncodeCore(rgb, stream);
                }

                break;
        }
    }

    private void Compress(ReadOnlySpan<byte> pixels, Size size, int pixelFormat, Stream stream)
    {
        using TurboJpegHandle handle = TurboJpeg.tjInitCompress();
        byte* jpeg = null;
        try
        {
            CULong jpegBytes = default;
            int subsampling = pixelFormat == TurboJpeg.PixelFormatGray ? TurboJpeg.SubsamplingGray : TurboJpeg.Subsampling420;
            fixed (byte* source = pixels)
            {
                int result = TurboJpeg.tjCompress2(
                    handle, source, size.Width, 0, size.Height, pixelFormat, &jpeg, &jpegBytes, subsampling, Quality ?? DefaultQuality, 0);
                if (result != 0)
                {
                    throw new ImageProcessingException($"JPEG: {handle.LastError}.");
                }
            }

            stream.Write(new ReadOnlySpan<byte>(jpeg, checked((int)jpegBytes.Value)));
        }
        finally
        {
            TurboJpeg.tjFree(jpeg);
        }
    }
}
