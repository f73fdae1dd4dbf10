using System.Numerics;
using DiTask.Model.Data;
using DiTask.Model.Vision;
using DiTask.Synth.Geometry;
using DiTask.Synth.Labels;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Rendering;

/// <summary>Draws scenes with their labels. What it draws depends on its options, the seed, the split, the index and the size, and on nothing else.</summary>
/// <remarks>Safe for several threads at once; one picture is drawn by one thread.</remarks>
public sealed class SceneRenderer(SceneOptions options)
{
    private const int LeastSize = 8;
    private const int Samples = 2;

    // Neighbours whose colours differ by more than this, after gamma, get more samples.
    private const float Contrast = 0.05f;

    /// <summary>With the default options.</summary>
    public SceneRenderer()
        : this(new SceneOptions())
    {
    }

    /// <summary>Draws one scene; the caller disposes it.</summary>
    /// <param name="seed">Of the data set.</param>
    /// <param name="split">Val and test have other patterns and shapes than train.</param>
    /// <param name="index">Number of the picture within the split.</param>
    /// <param name="size">Side of the square in pixels, at least 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 8.</exception>
    public RenderedScene Render(long seed, SynthSplit split, int index, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, LeastSize);
        return Render(SceneFactory.Create(seed, split, index, options.World), size, new CounterRandom(seed ^ 0x5eed, RandomPurpose.Scene, (long)split, index));
    }

    internal RenderedScene Render(Scene scene, int size, CounterRandom drops)
    {
        RenderWork work = new();
        Hits hits = new(size);
        Vector3[] light = Draw(scene, work, hits);
        RgbImage image = new(size, size);
        scene.Film.Develop(light, image);
        Dictionary<string, LabelMap> labels = SceneLabels.Of(scene, hits, image, options);
        Drop(labels, drops);
        return new(image, labels, hits.Instance, work);
    }

    private void Drop(Dictionary<string, LabelMap> labels, CounterRandom random)
    {
        if (options.DropLabels > 0)
        {
            string[] names = [.. labels.Keys];
            string kept = names[random.NextInt(names.Length)];
            foreach (string name in names)
            {
                if (random.NextDouble() < options.DropLabels && name != kept)
                {
                    labels.Remove(name);
                }
            }
        }
    }

    /// <summary>Fills <paramref name="hits"/>; the light of each pixel.</summary>
    internal static Vector3[] Draw(Scene scene, RenderWork work, Hits hits)
    {
        int size = hits.Size;
        Tracer tracer = new(scene, work);
        Shader shader = new(scene, tracer, work, scene.Camera.PixelAngle(size), scene.Film.Key);
        Vector3[] middle = new Vector3[size * size], light = new Vector3[size * size];
        foreach (Tile tile in Tile.Of(size))
        {
            tile.Aim(tracer, scene.Camera);
            tile.Trace(scene, tracer, hits);
            tile.Light(scene, tracer, hits);
            foreach (int pixel in tile.Pixels)
            {
                middle[pixel] = shader.Shade(hits.Surface[pixel], hits.Distance[pixel], hits.Direction[pixel], 5 * pixel);
            }
        }

        foreach (Tile tile in Tile.Of(size))
        {
            int[] busy = [.. tile.Pixels.Where(pixel => IsBusy(hits, middle, pixel % size, pixel / size))];
            if (busy.Length > 0)
            {
                tile.Aim(tracer, scene.Camera);
                tile.Light(scene, tracer, hits);
            }

            foreach (int pixel in tile.Pixels)
            {
                light[pixel] = middle[pixel];
            }

            foreach (int pixel in busy)
            {
                light[pixel] = Refine(scene, tracer, shader, pixel % size, pixel / size, size, middle[pixel]);
            }
        }

        return light;
    }

    private static bool IsBusy(Hits hits, Vector3[] light, int x, int y)
    {
        int size = hits.Size, pixel = (y * size) + x;
        return (x > 0 && Differs(pixel - 1)) || (x < size - 1 && Differs(pixel + 1)) || (y > 0 && Differs(pixel - size)) || (y < size - 1 && Differs(pixel + size));

        bool Differs(int other)
        {
            // A square root is close enough to gamma here.
            Vector3 difference = Vector3.Abs(Vector3.SquareRoot(light[pixel]) - Vector3.SquareRoot(light[other]));
            return hits.Surface[pixel] != hits.Surface[other] || MathF.Max(difference.X, MathF.Max(difference.Y, difference.Z)) > Contrast;
        }
    }

    private static Vector3 Refine(Scene scene, Tracer tracer, Shader shader, int x, int y, int size, Vector3 middle)
    {
        Vector3 sum = middle;
        for (int i = 0; i < Samples * Samples; i++)
        {
            // The four corners of a turned square: no two in one row or column.
            double dx = (0.125 + (0.25 * i)) - 0.5, dy = (i switch { 0 => 0.375, 1 => 0.875, 2 => 0.125, _ => 0.625 }) - 0.5;
            Vec3 direction = scene.Camera.Direction(x + 0.5 + dx, y + 0.5 + dy, size);
            int surface = tracer.Enter(direction, out double distance);
            sum += shader.Shade(surface, distance, direction, (5 * ((y * size) + x)) + 1 + i);
        }

        return sum / ((Samples * Samples) + 1);
    }
}
