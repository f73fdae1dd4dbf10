using DiTask.Model.Vision;

namespace DiTask.Model.Data.Transforms;

/// <summary>The reference's two ways to bring a raster to a square.</summary>
internal static class Resizer
{
    /// <summary>The pixel at floor(target * source / size).</summary>
    public static Raster Nearest(Raster source, int size)
    {
        Raster target = Raster.Empty(source.Channels, size, size);
        for (int row = 0; row < source.Channels * size; row++)
        {
            int from = (row / size * source.Height) + (int)((long)(row % size) * source.Height / size);
            for (int x = 0; x < size; x++)
            {
                target.Values[(row * size) + x] = source.Values[(from * source.Width) + (int)((long)x * source.Width / size)];
            }
        }

        return target;
    }

    /// <summary>Cubic, first across, then down, border repeated.</summary>
    /// <returns>[Channels, size, size].</returns>
    public static double[] Cubic(Raster source, int size)
    {
        if (source.Width == size && source.Height == size)
        {
            return [.. source.Values];
        }

        CubicTaps across = new(source.Width, size), down = new(source.Height, size);
        double[] rows = new double[source.Height * size];
        double[] target = new double[source.Channels * size * size];
        for (int channel = 0; channel < source.Channels; channel++)
        {
            ReadOnlySpan<float> plane = source.Plane(channel);
            for (int i = 0; i < rows.Length; i++)
            {
                ReadOnlySpan<float> row = plane.Slice(i / size * source.Width, source.Width);
                int tap = 4 * (i % size);
                rows[i] = (row[across.Indices[tap]] * across.Weights[tap]) + (row[across.Indices[tap + 1]] * across.Weights[tap + 1]) +
                    (row[across.Indices[tap + 2]] * across.Weights[tap + 2]) + (row[across.Indices[tap + 3]] * across.Weights[tap + 3]);
            }

            Span<double> square = target.AsSpan(channel * size * size, size * size);
            for (int i = 0; i < square.Length; i++)
            {
                int tap = 4 * (i / size), x = i % size;
                square[i] = (rows[(down.Indices[tap] * size) + x] * down.Weights[tap]) + (rows[(down.Indices[tap + 1] * size) + x] * down.Weights[tap + 1]) +
                    (rows[(down.Indices[tap + 2] * size) + x] * down.Weights[tap + 2]) + (rows[(down.Indices[tap + 3] * size) + x] * down.Weights[tap + 3]);
            }
        }

        return target;
    }
}
