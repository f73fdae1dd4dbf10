using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Rendering;

/// <summary>A small square of pixels, whose rays share what they have to be tested against.</summary>
internal sealed class Tile
{
    private const int Side = 8;

    private readonly int size;
    private readonly int left;
    private readonly int top;
    private readonly int right;
    private readonly int bottom;

    private Tile(int left, int top, int size)
    {
        (this.left, this.top, this.size) = (left, top, size);
        (right, bottom) = (Math.Min(left + Side, size), Math.Min(top + Side, size));
        Pixels = new int[(right - left) * (bottom - top)];
        for (int i = 0; i < Pixels.Length; i++)
        {
            Pixels[i] = ((top + (i / (right - left))) * size) + left + (i % (right - left));
        }
    }

    /// <summary>Indices of the pixels, row by row.</summary>
    public int[] Pixels { get; }

    /// <summary>All tiles of a picture.</summary>
    public static IEnumerable<Tile> Of(int size)
    {
        for (int top = 0; top < size; top += Side)
        {
            for (int left = 0; left < size; left += Side)
            {
                yield return new(left, top, size);
            }
        }
    }

    /// <summary>Limits rays from the camera to the solids that this tile can see.</summary>
    public void Aim(Tracer tracer, Camera camera)
    {
        Vec3 axis = camera.Direction((left + right) / 2.0, (top + bottom) / 2.0, size);
        double cosine = 1;
        foreach ((int x, int y) in (ReadOnlySpan<(int, int)>)[(left, top), (right, top), (left, bottom), (right, bottom)])
        {
            cosine = Math.Min(cosine, Vec3.Dot(axis, camera.Direction(x, y, size)));
        }

        // The lens bends the sides of the tile a little outwards.
        cosine = Math.Cos(1.02 * Math.Acos(cosine));
        tracer.Aim(axis, cosine, Math.Sqrt(1 - (cosine * cosine)));
    }

    /// <summary>Finds what the middles of the pixels show.</summary>
    public void Trace(Scene scene, Tracer tracer, Hits hits)
    {
        foreach (int pixel in Pixels)
        {
            Vec3 direction = scene.Camera.Direction((pixel % size) + 0.5, (pixel / size) + 0.5, size);
            int surface = tracer.Enter(direction, out double distance);
            (hits.Surface[pixel], hits.Distance[pixel], hits.Direction[pixel]) = (surface, distance, direction);
            hits.Instance[pixel] = Surface.Instance(scene, surface);
            hits.Normal[pixel] = surface >= 0 ? SurfaceNormal.At(scene.Primitives[surface], scene.Camera.Position + (distance * direction)) : Scene.BackdropNormal(surface);
        }
    }

    /// <summary>Limits rays to lights to the objects that can throw shadows on what the tile shows.</summary>
    public void Light(Scene scene, Tracer tracer, Hits hits)
    {
        Vec3 least = new(double.MaxValue, double.MaxValue, double.MaxValue), most = -least;
        foreach (int pixel in Pixels)
        {
            if (hits.Surface[pixel] != Surface.Sky)
            {
                Vec3 point = hits.Point(scene, pixel);
                (least, most) = (Vec3.Min(least, point), Vec3.Max(most, point));
            }
        }

        // A quarter more for the samples between the middles of pixels; where that is not enough, all objects are looked at.
        bool isEmpty = least.X > most.X;
        tracer.Light(isEmpty ? default : 0.5 * (least + most), isEmpty ? 0 : 0.625 * (most - least).Length);
    }
}
