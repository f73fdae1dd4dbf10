using DiTask.Synth.Geometry;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Labels;

/// <summary>Edges, and the pixels near borders whose label is a matter of taste.</summary>
internal static class Borders
{
    private const double DepthStep = 0.15;
    private const double PlaneStep = 0.05;

    // 37 degrees.
    private static readonly double CosineStep = Math.Cos(37 * Math.PI / 180);

    /// <summary>
    /// 1 where the right or lower neighbour is another thing or another part of a person, or where the normals differ by more than 37 degrees, or
    /// where depth changes by more than 15 % and the neighbour is off the tangent plane by more than 5 % of the depth: a flat floor has no edges at
    /// its far end.
    /// </summary>
    public static float[] Edges(Scene scene, Hits hits)
    {
        int size = hits.Size;
        float[] edges = new float[size * size];
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                int pixel = (y * size) + x;
                edges[pixel] = (x < size - 1 && IsEdge(scene, hits, pixel, pixel + 1)) || (y < size - 1 && IsEdge(scene, hits, pixel, pixel + size)) ? 1 : 0;
            }
        }

        return edges;
    }

    /// <summary>Pixels at most <paramref name="pixels"/> rows and columns from another instance.</summary>
    public static bool[] Near(Hits hits, int pixels)
    {
        int size = hits.Size;
        bool[] near = new bool[size * size];
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                int pixel = (y * size) + x;
                bool border = (x < size - 1 && hits.Instance[pixel] != hits.Instance[pixel + 1]) || (y < size - 1 && hits.Instance[pixel] != hits.Instance[pixel + size]);
                if (border)
                {
                    Mark(near, size, x, y, pixels);
                }
            }
        }

        return near;
    }

    private static void Mark(bool[] near, int size, int x, int y, int pixels)
    {
        // The border runs between this pixel and its neighbour to the right or below.
        for (int row = Math.Max(y - pixels + 1, 0); row <= Math.Min(y + pixels, size - 1); row++)
        {
            for (int column = Math.Max(x - pixels + 1, 0); column <= Math.Min(x + pixels, size - 1); column++)
            {
                near[(row * size) + column] = true;
            }
        }
    }

    private static bool IsEdge(Scene scene, Hits hits, int a, int b)
    {
        if (hits.Instance[a] != hits.Instance[b] || Part(scene, hits.Surface[a]) != Part(scene, hits.Surface[b]))
        {
            return true;
        }

        if (hits.Surface[a] == Surface.Sky)
        {
            return false;
        }

        if (Vec3.Dot(hits.Normal[a], hits.Normal[b]) < CosineStep)
        {
            return true;
        }

        double near = Math.Min(hits.Distance[a], hits.Distance[b]);
        if (Math.Abs(hits.Distance[a] - hits.Distance[b]) <= DepthStep * near)
        {
            return false;
        }

        Vec3 step = hits.Point(scene, b) - hits.Point(scene, a);
        return Math.Abs(Vec3.Dot(hits.Normal[a], step)) > PlaneStep * near;
    }

    private static int Part(Scene scene, int surface) => surface >= 0 ? scene.Primitives[surface].Part : 0;
}
