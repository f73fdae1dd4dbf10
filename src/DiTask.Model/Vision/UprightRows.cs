using System.Runtime.Intrinsics;

namespace DiTask.Model.Vision;

/// <summary>Puts stored rows where they lie in the upright picture.</summary>
internal sealed class UprightRows
{
    private const int StoredPixel = 4;
    private const int Pixel = 3;

    // A tile of columns whose rows stay in the first cache while they are turned.
    private const int TileColumns = 64;

    // Four pixels of R G B A to four of R G B; what is behind them is overwritten by the next four.
    private static readonly Vector128<byte> DropAlpha = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);

    private readonly RgbImage image;
    private readonly int width;

    // In the upright picture: the place of the stored picture's corner, and the way to the next column and row.
    private readonly long corner;
    private readonly long across;
    private readonly long down;

    /// <param name="image">Where to; its sides are the stored ones, exchanged for an orientation of 5 and more.</param>
    /// <param name="orientation">EXIF orientation, 1 to 8.</param>
    public UprightRows(RgbImage image, int orientation)
    {
        this.image = image;
        bool sideways = orientation >= 5;
        width = sideways ? image.Height : image.Width;
        int height = sideways ? image.Width : image.Height;
        long lastColumn = width - 1, lastRow = height - 1;
        (corner, across, down) = orientation switch
        {
            2 => (lastColumn, -1, width),
            3 => ((lastRow * width) + lastColumn, -1, -width),
            4 => (lastRow * width, 1, -width),
            5 => (0, height, 1),
            6 => (lastRow, height, -1),
            7 => ((lastColumn * height) + lastRow, -height, -1),
            8 => (lastColumn * height, -height, 1),
            _ => (0L, 1L, (long)width),
        };
    }

    /// <summary>Writes whole stored rows.</summary>
    /// <param name="rgba">Shape [rows, width, 4]; alpha is dropped.</param>
    /// <param name="firstRow">Row of the stored picture.</param>
    /// <param name="rows">Number of rows.</param>
    public void Write(ReadOnlySpan<byte> rgba, int firstRow, int rows)
    {
        Span<byte> pixels = image.Pixels;
        if (across == 1)
        {
            for (int y = 0; y < rows; y++)
            {
                int to = checked((int)((corner + (down * (firstRow + y))) * Pixel));
                Pack(rgba.Slice(y * width * StoredPixel, width * StoredPixel), pixels.Slice(to, width * Pixel));
            }

            return;
        }

        for (int left = 0; left < width; left += TileColumns)
        {
            int right = Math.Min(width, left + TileColumns);
            for (int x = left; x < right; x++)
            {
                for (int y = 0; y < rows; y++)
                {
                    int from = ((y * width) + x) * StoredPixel;
                    int to = (int)((corner + (across * x) + (down * (firstRow + y))) * Pixel);
                    rgba.Slice(from, Pixel).CopyTo(pixels[to..]);
                }
            }
        }
    }

    private static void Pack(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int source = 0, target = 0;
        for (; to.Length - target >= Vector128<byte>.Count; source += 4 * StoredPixel, target += 4 * Pixel)
        {
            Vector128.Shuffle(Vector128.Create(from[source..]), DropAlpha).CopyTo(to[target..]);
        }

        for (; target < to.Length; source += StoredPixel, target += Pixel)
        {
            from.Slice(source, Pixel).CopyTo(to[target..]);
        }
    }
}
