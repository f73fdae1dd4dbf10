using DiTask.Model.Vision;

namespace DiTask.Model.Data.Transforms;

/// <summary>Reads a raster at the places that an affine map names.</summary>
internal static class AffineSampler
{
    /// <summary>The nearest pixel; <paramref name="outside"/> where the map leaves the raster.</summary>
    public static Raster Nearest(Raster source, AffineMap map, int height, int width, float outside)
    {
        Raster target = Raster.Empty(source.Channels, height, width);
        int plane = height * width, sourcePlane = source.Height * source.Width;
        for (int i = 0; i < plane; i++)
        {
            int from = NearestIndex(source, map, i % width, i / width);
            for (int channel = 0; channel < source.Channels; channel++)
            {
                target.Values[(channel * plane) + i] = from < 0 ? outside : source.Values[(channel * sourcePlane) + from];
            }
        }

        return target;
    }

    /// <summary>Index within a plane of the pixel nearest to where (x, y) comes from; -1 outside.</summary>
    public static int NearestIndex(Raster source, AffineMap map, int x, int y)
    {
        (double fromX, double fromY) = map.At(x, y);
        int column = (int)Math.Floor(fromX + 0.5), row = (int)Math.Floor(fromY + 0.5);
        return (uint)column < (uint)source.Width && (uint)row < (uint)source.Height ? (row * source.Width) + column : -1;
    }

    /// <summary>Cubic, 16 pixels around each place.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="map">From pixels of the result to pixels of the source.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="repeatBorder">Pixels beyond the border are those on it; otherwise they are 0.</param>
    public static Raster Cubic(Raster source, AffineMap map, int height, int width, bool repeatBorder)
    {
        Raster target = Raster.Empty(source.Channels, height, width);
        Span<double> across = stackalloc double[4], down = stackalloc double[4];
        Span<int> columns = stackalloc int[4], rows = stackalloc int[4];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (double fromX, double fromY) = map.At(x, y);
                Weigh(fromX, source.Width, repeatBorder, across, columns);
                Weigh(fromY, source.Height, repeatBorder, down, rows);
                for (int channel = 0; channel < source.Channels; channel++)
                {
                    ReadOnlySpan<float> plane = source.Plane(channel);
                    double sum = 0;
                    for (int tap = 0; tap < 4; tap++)
                    {
                        ReadOnlySpan<float> row = plane.Slice(rows[tap] * source.Width, source.Width);
                        sum += down[tap] *
                            ((across[0] * row[columns[0]]) + (across[1] * row[columns[1]]) + (across[2] * row[columns[2]]) + (across[3] * row[columns[3]]));
                    }

                    target.Values[(((channel * height) + y) * width) + x] = (float)sum;
                }
            }
        }

        return target;
    }

    private static void Weigh(double position, int length, bool repeatBorder, Span<double> weights, Span<int> indices)
    {
        double floor = Math.Floor(position);
        CubicTaps.Weigh(weights, (float)(position - floor));
        for (int tap = 0; tap < 4; tap++)
        {
            double index = floor - 1 + tap;
            // In floating point: a place far outside does not fit an int.
            double inside = Math.Clamp(index, 0, length - 1);
            indices[tap] = (int)inside;
            if (!repeatBorder && inside != index)
            {
                weights[tap] = 0;
            }
        }
    }
}
