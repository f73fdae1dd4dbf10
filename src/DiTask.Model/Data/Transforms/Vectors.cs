namespace DiTask.Model.Data.Transforms;

/// <summary>Normals of a raster [3, H, W]: x to the right, y down.</summary>
internal static class Vectors
{
    // What the reference divides by beside the length.
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>A copy in which unknown vectors are 0, so that they add nothing to their neighbours.</summary>
    public static Raster WithoutVoid(Raster normals)
    {
        float[] values = [.. normals.Values];
        int plane = normals.Height * normals.Width;
        for (int i = 0; i < plane; i++)
        {
            if (IsVoid(values, plane, i))
            {
                (values[i], values[plane + i], values[(2 * plane) + i]) = (0, 0, 0);
            }
        }

        return normals with { Values = values };
    }

    /// <summary>Every channel has <see cref="LabelMap.Void"/>.</summary>
    public static bool IsVoid(ReadOnlySpan<float> values, int plane, int i) =>
        values[i] == LabelMap.Void && values[plane + i] == LabelMap.Void && values[(2 * plane) + i] == LabelMap.Void;

    /// <summary>Mirrors the vectors of a mirrored map and turns them with a turned one, in place.</summary>
    public static void Follow(Distortion distortion, float[] values)
    {
        int plane = values.Length / 3;
        double sign = distortion.Flip ? -1 : 1, cos = distortion.Cos, sin = distortion.Sin;
        for (int i = 0; i < plane; i++)
        {
            double x = sign * values[i], y = values[plane + i];
            (values[i], values[plane + i]) = ((float)((cos * x) + (sin * y)), (float)((cos * y) - (sin * x)));
        }
    }

    /// <summary>Brings every vector to length 1; a zero vector becomes <see cref="LabelMap.Void"/>.</summary>
    public static void Normalise(Span<float> values)
    {
        int plane = values.Length / 3;
        for (int i = 0; i < plane; i++)
        {
            double x = values[i], y = values[plane + i], z = values[(2 * plane) + i];
            double length = Math.Sqrt((x * x) + (y * y) + (z * z));
            (values[i], values[plane + i], values[(2 * plane) + i]) = length == 0
                ? (LabelMap.Void, LabelMap.Void, LabelMap.Void)
                : ((float)(x / (length + Epsilon)), (float)(y / (length + Epsilon)), (float)(z / (length + Epsilon)));
        }
    }
}
