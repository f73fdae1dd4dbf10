using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Processing;

internal sealed class ImageProcessingContext<TPixel>(Image<TPixel> image) : IImageProcessingContext
    where TPixel : unmanaged, IPixel<TPixel>
{
    public Configuration Configuration => image.Configuration;

    public Size GetCurrentSize() => image.Size;

    void IImageProcessingContext.AutoOrient()
    {
        if (image.Metadata.ExifProfile is not { } exif || !exif.TryGetValue(ExifTag.Orientation, out IExifValue<ushort>? orientation))
        {
            return;
        }

        ushort stored = orientation.Value;
        exif.SetValue(ExifTag.Orientation, ExifOrientationMode.TopLeft);
        if (stored is <= ExifOrientationMode.TopLeft or > ExifOrientationMode.LeftBottom)
        {
            return;
        }

        PixelBuffer<TPixel> upright = new(Orientation.UprightSize(stored, image.Size));
        Orientation.Apply<TPixel>(stored, image.Pixels, image.Size, upright.Span);
        image.Replace(upright);
    }
}
