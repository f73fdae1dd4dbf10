using System.Numerics;
using DiTask.Model.Data;
using DiTask.Model.Vision;
using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Collages;

/// <summary>
/// Draws pictures to pretrain on: single things in any orientation, each on a flat noisy background, without room, ground, shadows or people.
/// What is known of them is what they are, not where each pixel is.
/// </summary>
/// <remarks>Safe for several threads at once. All splits draw from the same patterns and shapes.</remarks>
public static class CollageRenderer
{
    private const double Eye = -4;
    private const int Samples = 4;

    private static readonly (double X, double Y)[] Offsets = [(-0.375, -0.125), (-0.125, 0.375), (0.125, -0.375), (0.375, 0.125)];

    /// <summary>Draws one collage; the caller disposes it.</summary>
    /// <param name="seed">Of the data set.</param>
    /// <param name="split">Which part of it.</param>
    /// <param name="index">Number of the picture within the split.</param>
    /// <param name="size">Side of the square in pixels, a multiple of <paramref name="side"/>.</param>
    /// <param name="side">Tiles in a row, and rows of them.</param>
    /// <exception cref="ArgumentException">The size is no multiple, or tiles would have fewer than 8 pixels.</exception>
    public static Collage Render(long seed, SynthSplit split, int index, int size, int side = 2)
    {
        if (side < 1 || size % side != 0 || size / side < 8)
        {
            throw new ArgumentException($"Expected {side} tiles of at least 8 whole pixels in a row; found a size of {size}.", nameof(size));
        }

        Dice dice = new(new CounterRandom(seed, RandomPurpose.Collage, (long)split, index));
        byte[,] attributes = new byte[side * side, CollageTrait.All.Count];
        byte[] shapes = new byte[size * size];
        RgbImage image = new(size, size);
        float noise = dice.Single(0.01, 0.05);
        for (int tile = 0; tile < side * side; tile++)
        {
            CollageThing thing = new(dice);
            for (int i = 0; i < thing.Attributes.Length; i++)
            {
                attributes[tile, i] = thing.Attributes[i];
            }

            Draw(thing, image, shapes, size / side, tile % side * (size / side), tile / side * (size / side), noise, dice.Bits());
        }

        return new(image, side, attributes, shapes);
    }

    private static void Draw(CollageThing thing, RgbImage image, byte[] shapes, int side, int left, int top, float noise, uint key)
    {
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                int pixel = ((top + y) * image.Width) + left + x;
                Vector3 sum = Vector3.Zero;
                foreach ((double dx, double dy) in Offsets)
                {
                    sum += Look(thing, Ray(x + 0.5 + dx, y + 0.5 + dy, side), 2.0 / side, out _);
                }

                _ = Look(thing, Ray(x + 0.5, y + 0.5, side), 2.0 / side, out bool hits);
                shapes[pixel] = hits ? thing.Attributes[0] : (byte)0;
                for (int channel = 0; channel < 3; channel++)
                {
                    float level = MathF.Pow(Math.Clamp(sum[channel] / Samples, 0, 1), 1 / 2.2f);
                    level += noise * 3.46f * (Noise.Unit(Noise.Hash(pixel, channel, 3, key)) - 0.5f);
                    image.Pixels[(3 * pixel) + channel] = (byte)Math.Clamp((255 * level) + 0.5f, 0, 255);
                }
            }
        }
    }

    private static Vec3 Ray(double x, double y, int side) => new Vec3((2 * x / side) - 1, (2 * y / side) - 1, -Eye).Unit();

    private static Vector3 Look(CollageThing thing, Vec3 direction, double pixel, out bool hits)
    {
        Vec3 eye = new(0, 0, Eye);
        double nearest = Intersection.None;
        int first = -1;
        for (int i = 0; i < thing.Parts.Length; i++)
        {
            double t = Intersection.Enter(thing.Parts[i], eye, direction, 0);
            (nearest, first) = t < nearest ? (t, i) : (nearest, first);
        }

        hits = first >= 0;
        if (!hits)
        {
            return thing.Background;
        }

        ref readonly Primitive part = ref thing.Parts[first];
        Vec3 point = eye + (nearest * direction), normal = SurfaceNormal.At(part, point);
        // All parts of a thing share the turn of its first, so that the pattern is of one piece.
        Frame frame = thing.Parts[0].Frame;
        Vector3 color = Texture.Color(part.Material, frame.ToLocal(point), frame.ToLocalDirection(normal), pixel);
        float facing = (float)Math.Max(0, Vec3.Dot(normal, thing.Light));
        float bright = (float)Math.Pow(Math.Max(0, Vec3.Dot((thing.Light - direction).Unit(), normal)), 24);
        return (color * (thing.Ambient + facing)) + new Vector3(0.5f * part.Material.Gloss * bright * (facing > 0 ? 1 : 0));
    }
}
