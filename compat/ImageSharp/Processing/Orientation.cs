using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace SixLabors.ImageSharp.Processing;

/// <summary>The eight symmetries of a rectangle, by their EXIF numbers.</summary>
internal static class Orientation
{
    // A tile of both pictures fits in the first-level cache; reading a 12-megapixel picture by columns would miss on every pixel.
    private const int TilePixels = 32;

    public static Size UprightSize(ushort orientation, Size stored) =>
        orientation >= ExifOrientationMode.LeftTop ? new Size(stored.Height, stored.Width) : stored;

    public static void Apply<TPixel>(ushort orientation, ReadOnlySpan<TPixel> source, Size stored, Span<TPixel> destination)
    {
        // The source index of an upright pixel (x, y) is origin + x stepX + y stepY.
        int width = stored.Width;
        int right = width - 1;
        int bottom = (stored.Height - 1) * width;
        (int origin, int stepX, int stepY) = orientation switch
        {
            ExifOrientationMode.TopRight => (right, -1, width),
            ExifOrientationMode.BottomRight => (bottom + right, -1, -width),
            ExifOrientationMode.BottomLeft => (bottom, 1, -width),
            ExifOrientationMode.LeftTop => (0, width, 1),
            ExifOrientationMode.RightTop => (bottom, -width, 1),
            ExifOrientationMode.RightBottom => (bottom + right, -width, -1),
            ExifOrientationMode.LeftBottom => (right, width, -1),
            _ => (0, 1, width),
        };

        Size upright = UprightSize(orientation, stored);
        for (int top = 0; top < upright.Height; top += TilePixels)
        {
            int tileBottom = Math.Min(top + TilePixels, upright.Height);
            for (int left = 0; left < upright.Width; left += TilePixels)
            {
                int tileWidth = Math.Min(TilePixels, upright.Width - left);
                for (int y = top; y < tileBottom; y++)
                {
                    Span<TPixel> row = destination.Slice((y * upright.Width) + left, tileWidth);
                    int from = origin + (left * stepX) + (y * stepY);
                    for (int x = 0; x < row.Length; x++, from += stepX)
                    {
                        row[x] = source[from];
                    }
                }
            }
        }
    }
}
