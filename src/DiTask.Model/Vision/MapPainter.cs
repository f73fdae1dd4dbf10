using DiTask.Model.Tasks;

namespace DiTask.Model.Vision;

/// <summary>Paints maps in colours for people: labels by palette, metres in viridis, saliency in inferno, edges in gray, normals as (n + 1) / 2.</summary>
public static class MapPainter
{
    private const string Background = "background";

    /// <summary>Paints a map, alone or over its photo.</summary>
    /// <param name="map">The map.</param>
    /// <param name="photo">The upright photo, of any size; null paints the map alone.</param>
    /// <param name="alpha">Share of the map's colour, 0 to 1. Where the label is a class named background, the photo stays as it is.</param>
    /// <returns>A picture of the map's size; the caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Alpha outside [0, 1].</exception>
    public static RgbImage Paint(TaskDecoder map, RgbImage? photo = null, double alpha = 1)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (!(alpha is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected 0 to 1.");
        }

        RgbImage picture = photo is null
            ? new RgbImage(map.Width, map.Height)
            : RgbResampler.Resize(photo, map.Width, map.Height);
        int share = photo is null ? 256 : (int)Math.Round(alpha * 256);
        if (map.Task.Kind == TaskKind.Labels)
        {
            PaintLabels(map, picture, share, keepBackground: photo is not null);
        }
        else
        {
            PaintValues(map, picture, share);
        }

        return picture;
    }

    /// <summary>The colours of a scalar task from its lowest value on the left to its highest on the right.</summary>
    /// <returns>A picture of the given size; the caller disposes it.</returns>
    public static RgbImage PaintScale(TaskInfo task, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(task);
        RgbImage picture = new(width, height);
        ColorMap colors = ColorsOf(task);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = picture.Row(y);
            for (int x = 0; x < width; x++)
            {
                colors[width == 1 ? 0 : (float)x / (width - 1)].CopyTo(row[(3 * x)..]);
            }
        }

        return picture;
    }

    /// <summary>The colours of a scalar task.</summary>
    internal static ColorMap ColorsOf(TaskInfo task) => task.Name switch
    {
        "depth" => ColorMap.Viridis,
        "edge" => ColorMap.Gray,
        _ => ColorMap.Inferno,
    };

    private static void PaintLabels(TaskDecoder map, RgbImage picture, int share, bool keepBackground)
    {
        byte[] palette = Palette.Of(map.Task);
        int background = keepBackground && map.Task.Classes.Count > 0 && map.Task.Classes[0].Name == Background ? 0 : -1;
        byte[] labels = new byte[map.Width];
        for (int y = 0; y < map.Height; y++)
        {
            map.ReadLabels(y, labels);
            Span<byte> row = picture.Row(y);
            for (int x = 0; x < labels.Length; x++)
            {
                if (labels[x] != background)
                {
                    Blend(row.Slice(3 * x, 3), palette.AsSpan(3 * labels[x], 3), share);
                }
            }
        }
    }

    private static void PaintValues(TaskDecoder map, RgbImage picture, int share)
    {
        bool isVector = map.Task.Kind == TaskKind.Vector;
        (float offset, float inverse) = isVector ? (0, 1) : Range(map);
        ColorMap colors = ColorsOf(map.Task);
        float[] values = new float[map.Task.Channels * map.Width];
        Span<byte> color = stackalloc byte[3];
        for (int y = 0; y < map.Height; y++)
        {
            map.ReadValues(y, values);
            Span<byte> row = picture.Row(y);
            for (int x = 0; x < map.Width; x++)
            {
                if (isVector)
                {
                    for (int channel = 0; channel < 3; channel++)
                    {
                        color[channel] = (byte)Math.Clamp(((values[(channel * map.Width) + x] + 1) * 127.5f) + 0.5f, 0, 255);
                    }

                    Blend(row.Slice(3 * x, 3), color, share);
                }
                else
                {
                    Blend(row.Slice(3 * x, 3), colors[(values[x] - offset) * inverse], share);
                }
            }
        }
    }

    private static (float Offset, float Inverse) Range(TaskDecoder map)
    {
        if (map.Task.Activation == TaskActivation.Sigmoid)
        {
            return (0, 1);
        }

        MapStatistics statistics = StatisticsCollector.OfScalars(map);
        double range = (statistics.Max ?? 0) - (statistics.Min ?? 0);
        return ((float)(statistics.Min ?? 0), range > 0 ? (float)(1 / range) : 0);
    }

    private static void Blend(Span<byte> pixel, ReadOnlySpan<byte> color, int share)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            pixel[channel] = (byte)(((pixel[channel] * (256 - share)) + (color[channel] * share) + 128) >> 8);
        }
    }
}
