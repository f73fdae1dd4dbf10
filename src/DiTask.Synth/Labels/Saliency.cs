using DiTask.Model.Vision;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Labels;

/// <summary>
/// The subject of a picture, by a rule. An object scores sqrt(area) exp(-d^2 / (2 0.3^2)) (0.4 + contrast), where area is its share of the
/// picture, d the way from its centroid to the middle in picture widths, and contrast the distance between its mean colour and that of the
/// picture, of 1. Every object with at least 0.7 of the best score is salient. Walls, floor, ground, sky, buildings, doors and windows never are.
/// </summary>
internal static class Saliency
{
    private const double Spread = 0.3;
    private const double Base = 0.4;
    private const double Enough = 0.7;

    /// <summary>1 at salient pixels, 0 elsewhere.</summary>
    public static float[] Of(Scene scene, Hits hits, RgbImage image)
    {
        Tally[] tallies = new Tally[scene.Objects.Length];
        Tally whole = default;
        int size = hits.Size, plane = size * size;
        for (int i = 0; i < plane; i++)
        {
            ReadOnlySpan<byte> color = image.Pixels.Slice(3 * i, 3);
            double x = ((i % size) + 0.5) / size, y = ((i / size) + 0.5) / size;
            whole.Add(x, y, color);
            int thing = hits.Instance[i] - Surface.FirstObjectInstance;
            if (thing >= 0)
            {
                tallies[thing].Add(x, y, color);
            }
        }

        double[] scores = new double[tallies.Length];
        double best = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            bool isBackground = scene.Objects[i].Class is SceneClass.Building or SceneClass.Door or SceneClass.Window;
            scores[i] = isBackground || tallies[i].Count == 0 ? 0 : tallies[i].Score(whole, plane);
            best = Math.Max(best, scores[i]);
        }

        float[] map = new float[plane];
        for (int i = 0; i < plane; i++)
        {
            int thing = hits.Instance[i] - Surface.FirstObjectInstance;
            map[i] = best > 0 && thing >= 0 && scores[thing] >= Enough * best ? 1 : 0;
        }

        return map;
    }

    private struct Tally
    {
        private double x;
        private double y;
        private double red;
        private double green;
        private double blue;

        public int Count { get; private set; }

        public void Add(double atX, double atY, ReadOnlySpan<byte> color)
        {
            (x, y, Count) = (x + atX, y + atY, Count + 1);
            (red, green, blue) = (red + color[0], green + color[1], blue + color[2]);
        }

        public readonly double Score(in Tally whole, int plane)
        {
            double dx = (x / Count) - 0.5, dy = (y / Count) - 0.5;
            double r = (red / Count) - (whole.red / plane), g = (green / Count) - (whole.green / plane), b = (blue / Count) - (whole.blue / plane);
            double contrast = Math.Sqrt(((r * r) + (g * g) + (b * b)) / 3) / byte.MaxValue;
            return Math.Sqrt(Count / (double)plane) * Math.Exp(-((dx * dx) + (dy * dy)) / (2 * Spread * Spread)) * (Base + contrast);
        }
    }
}
