namespace DiTask.Model.Evaluation.Metrics;

/// <summary>Keeps of a map of edge probabilities what is highest across the edge.</summary>
internal static class RidgeSuppression
{
    private const int Radius = 4;

    // Equal neighbours, and those that differ by rounding, all stay; thinning decides between them.
    private const float Slack = 1.01f;

    /// <summary>
    /// A copy in which pixels below <paramref name="least"/>, those with a higher neighbour across the edge, and those whose surroundings are
    /// flat, are 0.
    /// </summary>
    public static float[] Apply(ReadOnlySpan<float> map, int height, int width, float least)
    {
        float[] smooth = Smooth(map, height, width);
        float[] lowest = Lowest(map, height, width);
        float[] kept = new float[map.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float value = map[(y * width) + x];
                if (value < least || value <= Slack * lowest[(y * width) + x])
                {
                    continue;
                }

                (double acrossX, double acrossY) = Across(smooth, height, width, y, x);
                if (value * Slack >= Sample(map, height, width, y + acrossY, x + acrossX) &&
                    value * Slack >= Sample(map, height, width, y - acrossY, x - acrossX))
                {
                    kept[(y * width) + x] = value;
                }
            }
        }

        return kept;
    }

    // A ridge bends down most across itself: the direction of the Hessian's smallest eigenvalue.
    private static (double X, double Y) Across(float[] map, int height, int width, int y, int x)
    {
        int up = Math.Max(y - 1, 0) * width, row = y * width, down = Math.Min(y + 1, height - 1) * width;
        int left = Math.Max(x - 1, 0), right = Math.Min(x + 1, width - 1);
        double centre = 2 * map[row + x];
        double xx = map[row + left] + map[row + right] - centre;
        double yy = map[up + x] + map[down + x] - centre;
        double xy = (map[up + left] + map[down + right] - map[up + right] - map[down + left]) / 4;
        double largest = Math.Atan2(2 * xy, xx - yy) / 2;
        return (-Math.Sin(largest), Math.Cos(largest));
    }

    private static float Sample(ReadOnlySpan<float> map, int height, int width, double y, double x)
    {
        y = Math.Clamp(y, 0, height - 1);
        x = Math.Clamp(x, 0, width - 1);
        int top = (int)y, left = (int)x;
        int bottom = Math.Min(top + 1, height - 1), right = Math.Min(left + 1, width - 1);
        float fy = (float)(y - top), fx = (float)(x - left);
        float upper = (map[(top * width) + left] * (1 - fx)) + (map[(top * width) + right] * fx);
        float lower = (map[(bottom * width) + left] * (1 - fx)) + (map[(bottom * width) + right] * fx);
        return (upper * (1 - fy)) + (lower * fy);
    }

    private static float[] Smooth(ReadOnlySpan<float> map, int height, int width)
    {
        float[] rows = new float[map.Length];
        float[] both = new float[map.Length];
        SmoothLines(map, rows, height, width, width, 1);
        SmoothLines(rows, both, width, height, 1, width);
        return both;
    }

    // The lowest value within the radius. An untrained head says about the same everywhere: that is no edge, and thinning it takes seconds.
    private static float[] Lowest(ReadOnlySpan<float> map, int height, int width)
    {
        float[] rows = new float[map.Length];
        float[] both = new float[map.Length];
        LowestOfLines(map, rows, height, width, width, 1);
        LowestOfLines(rows, both, width, height, 1, width);
        return both;
    }

    private static void LowestOfLines(ReadOnlySpan<float> map, Span<float> result, int lines, int length, int lineStep, int step)
    {
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < length; i++)
            {
                float lowest = float.PositiveInfinity;
                for (int at = Math.Max(i - Radius, 0); at <= Math.Min(i + Radius, length - 1); at++)
                {
                    lowest = Math.Min(lowest, map[(line * lineStep) + (at * step)]);
                }

                result[(line * lineStep) + (i * step)] = lowest;
            }
        }
    }

    // Weights 1, 2 ... 5 ... 2, 1; the border is repeated.
    private static void SmoothLines(ReadOnlySpan<float> map, Span<float> result, int lines, int length, int lineStep, int step)
    {
        const float Total = (Radius + 1) * (Radius + 1);
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < length; i++)
            {
                float sum = 0;
                for (int offset = -Radius; offset <= Radius; offset++)
                {
                    int at = Math.Clamp(i + offset, 0, length - 1);
                    sum += (Radius + 1 - Math.Abs(offset)) * map[(line * lineStep) + (at * step)];
                }

                result[(line * lineStep) + (i * step)] = sum / Total;
            }
        }
    }
}
