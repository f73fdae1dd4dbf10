using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Evaluation.Panels;

/// <summary>Paints maps and differences as square tiles; every pixel of a map stays a sharp square.</summary>
internal static class TilePainter
{
    /// <summary>Colour of pixels of which nothing is known.</summary>
    public const int Unknown = 0x4A4F5A;

    /// <summary>Paints a map of <see cref="PanelMap"/>; metres from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static RgbImage Map(TaskInfo task, float[] map, int tile, double low, double high)
    {
        int plane = map.Length / (task.Kind == TaskKind.Vector ? task.Channels : 1);
        byte[] palette = task.Kind == TaskKind.Labels ? Palette.Of(task) : [];
        ColorMap colors = MapPainter.ColorsOf(task);
        double range = high > low ? high - low : 1;
        return Paint(plane, tile, (i, color) =>
        {
            switch (task.Kind)
            {
                case TaskKind.Labels:
                    palette.AsSpan(3 * (int)map[i], 3).CopyTo(color);
                    break;
                case TaskKind.Vector:
                    for (int channel = 0; channel < 3; channel++)
                    {
                        color[channel] = (byte)Math.Clamp(((map[(channel * plane) + i] + 1) * 127.5f) + 0.5f, 0, 255);
                    }

                    break;
                default:
                    colors[(float)((map[i] - low) / range)].CopyTo(color);
                    break;
            }
        }, i => float.IsNaN(map[i]));
    }

    /// <summary>Paints a difference: black where there is none.</summary>
    public static RgbImage Difference(DifferenceMap difference, int tile) => Paint(
        difference.Values.Length,
        tile,
        (i, color) => ColorOf(difference, difference.Values[i]).CopyTo(color),
        i => float.IsNaN(difference.Values[i]));

    /// <summary>The colours of a difference, from its least value to its largest.</summary>
    public static RgbImage DifferenceScale(DifferenceMap difference, int width, int height)
    {
        RgbImage bar = new(width, height);
        double low = difference.IsSigned ? -difference.Scale : 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double value = low + ((difference.Scale - low) * x / Math.Max(width - 1, 1));
                ColorOf(difference, (float)(difference.IsBinary ? Math.Round(value) : value)).CopyTo(bar.Row(y)[(3 * x)..]);
            }
        }

        return bar;
    }

    private static ReadOnlySpan<byte> ColorOf(DifferenceMap difference, float value)
    {
        float share = (float)(value / difference.Scale);
        return !difference.IsSigned ? ColorMap.Heat[share] : share < 0 ? ColorMap.Cold[-share] : ColorMap.Warm[share];
    }

    private delegate void Colour(int pixel, Span<byte> color);

    private static RgbImage Paint(int plane, int tile, Colour colour, Func<int, bool> isUnknown)
    {
        int side = (int)Math.Round(Math.Sqrt(plane));
        RgbImage picture = new(tile, tile);
        for (int y = 0; y < tile; y++)
        {
            Span<byte> row = picture.Row(y);
            for (int x = 0; x < tile; x++)
            {
                int pixel = (y * side / tile * side) + (x * side / tile);
                Span<byte> color = row.Slice(3 * x, 3);
                if (isUnknown(pixel))
                {
                    (color[0], color[1], color[2]) = (Unknown >> 16, (Unknown >> 8) & 255, Unknown & 255);
                }
                else
                {
                    colour(pixel, color);
                }
            }
        }

        return picture;
    }
}
