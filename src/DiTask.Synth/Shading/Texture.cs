using System.Numerics;
using DiTask.Synth.Geometry;

namespace DiTask.Synth.Shading;

/// <summary>Colours of patterns at points of an object.</summary>
internal static class Texture
{
    private const double FloorHeight = 2.9;

    /// <summary>The colour at a point.</summary>
    /// <param name="material">The pattern.</param>
    /// <param name="point">Within the object's frame.</param>
    /// <param name="normal">Within the object's frame.</param>
    /// <param name="width">Metres that a pixel covers there: patterns that are finer fade to their mean.</param>
    public static Vector3 Color(Material material, Vec3 point, Vec3 normal, double width)
    {
        if (material.Kind == TextureKind.Plain)
        {
            return material.A;
        }

        float share = Share(material, point, normal);
        float blur = (float)Math.Clamp((3 * width / material.Scale) - 0.6, 0, 1);
        return Vector3.Lerp(material.A, material.B, share + (blur * (Mean(material.Kind) - share)));
    }

    private static float Mean(TextureKind kind) => kind switch
    {
        TextureKind.Bricks or TextureKind.Cells or TextureKind.Hexagons => 0.15f,
        TextureKind.Dots or TextureKind.Facade => 0.3f,
        _ => 0.5f,
    };

    private static float Share(Material material, Vec3 point, Vec3 normal)
    {
        Vec3 p = (1 / material.Scale) * material.Lie.ToLocal(point);
        switch (material.Kind)
        {
            case TextureKind.Checker:
                return ((int)Math.Floor(p.X) + (int)Math.Floor(p.Y) + (int)Math.Floor(p.Z)) & 1;
            case TextureKind.Stripes:
                return Fraction(p.X) < 0.5 ? 0 : 1;
            case TextureKind.Noise:
                return Math.Clamp((2.2f * Noise.Clouds(2 * p.X, 2 * p.Y, 2 * p.Z)) - 0.6f, 0, 1);
            case TextureKind.Marble:
                return 0.5f + (0.5f * MathF.Sin((float)(6 * p.X) + (7 * Noise.Clouds(1.5 * p.X, 1.5 * p.Y, 1.5 * p.Z))));
            case TextureKind.Wood:
                Vec3 q = new(p.X, 0.12 * p.Y, p.Z);
                double ring = 5 * Math.Sqrt((q.X * q.X) + (q.Z * q.Z)) + (1.6 * Noise.Value(2 * q.X, 2 * q.Y, 2 * q.Z));
                return (0.75f * (float)Fraction(ring)) + (0.25f * Noise.Value(30 * p.X, 2 * p.Y, 30 * p.Z));
            case TextureKind.Ridges:
                return MathF.Min(1, 3 * MathF.Abs((2 * Noise.Clouds(2.5 * p.X, 2.5 * p.Y, 2.5 * p.Z)) - 1));
            default:
                (double u, double v) = Flat(material.Kind is TextureKind.Facade or TextureKind.WindowBands ? point : p, material, normal);
                return OnFlat(material.Kind, u, v, normal);
        }
    }

    // Patterns of two dimensions lie on the plane of the two axes that the surface follows most.
    private static (double U, double V) Flat(Vec3 p, Material material, Vec3 normal)
    {
        Vec3 n = material.Kind is TextureKind.Facade or TextureKind.WindowBands ? normal : material.Lie.ToLocalDirection(normal);
        double x = Math.Abs(n.X), y = Math.Abs(n.Y), z = Math.Abs(n.Z);
        return z >= x && z >= y ? (p.X, p.Y) : x > y ? (p.Y, p.Z) : (p.X, p.Z);
    }

    private static float OnFlat(TextureKind kind, double u, double v, Vec3 normal)
    {
        switch (kind)
        {
            case TextureKind.Bricks:
                double row = Math.Floor(3 * v);
                bool mortar = Fraction(3 * v) < 0.12 || Fraction(1.3 * u + (0.5 * ((int)row & 1))) < 0.05;
                return mortar ? 1 : 0.25f * Noise.Unit(Noise.Hash((int)row, (int)Math.Floor((1.3 * u) + (0.5 * ((int)row & 1))), 7));
            case TextureKind.Dots:
                double du = Fraction(u) - 0.5, dv = Fraction(v) - 0.5;
                return (du * du) + (dv * dv) < 0.095 ? 1 : 0;
            case TextureKind.Plaid:
                return (0.5f * (Fraction(u) < 0.4 ? 1 : 0)) + (0.5f * (Fraction(v) < 0.4 ? 1 : 0));
            case TextureKind.Zigzag:
                return Fraction(v + Math.Abs((2 * Fraction(u)) - 1) * 0.5) < 0.5 ? 0 : 1;
            case TextureKind.Cells:
                return Cells(u, v);
            case TextureKind.Hexagons:
                return Hexagons(u, v);
            case TextureKind.Facade:
                bool wall = Math.Abs(normal.Z) > 0.5 || Math.Abs(Fraction(u / 2.1) - 0.5) > 0.26 || Math.Abs(Fraction(v / FloorHeight) - 0.52) > 0.28;
                return wall ? 0 : 0.7f + (0.3f * Noise.Unit(Noise.Hash((int)Math.Floor(u / 2.1), (int)Math.Floor(v / FloorHeight), 3)));
            default:
                bool plain = Math.Abs(normal.Z) > 0.5 || Fraction(v / FloorHeight) is < 0.3 or > 0.85 || Fraction(u / 1.3) < 0.06;
                return plain ? 0 : 0.8f + (0.2f * Noise.Unit(Noise.Hash((int)Math.Floor(u / 1.3), (int)Math.Floor(v / FloorHeight), 3)));
        }
    }

    private static float Cells(double u, double v)
    {
        double first = double.MaxValue, second = double.MaxValue;
        uint nearest = 0;
        int cu = (int)Math.Floor(2 * u), cv = (int)Math.Floor(2 * v);
        for (int i = -1; i <= 1; i++)
        {
            for (int j = -1; j <= 1; j++)
            {
                uint hash = Noise.Hash(cu + i, cv + j, 19);
                double x = cu + i + Noise.Unit(hash) - (2 * u), y = cv + j + Noise.Unit(hash * 747796405u) - (2 * v), far = (x * x) + (y * y);
                (first, second, nearest) = far < first ? (far, first, hash) : (first, Math.Min(second, far), nearest);
            }
        }

        return Math.Sqrt(second) - Math.Sqrt(first) < 0.09 ? 1 : 0.4f * Noise.Unit(nearest ^ 0x5bd1e995u);
    }

    private static float Hexagons(double u, double v)
    {
        // The nearest of the centres of two rectangular lattices.
        const double Tall = 1.7320508075688772;
        double ax = Fraction(u) - 0.5, ay = (Fraction(v / Tall) - 0.5) * Tall;
        double bx = Fraction(u + 0.5) - 0.5, by = (Fraction((v / Tall) + 0.5) - 0.5) * Tall;
        (double x, double y) = (ax * ax) + (ay * ay) < (bx * bx) + (by * by) ? (ax, ay) : (bx, by);
        double edge = Math.Max(Math.Abs(x), (0.5 * Math.Abs(x)) + (0.5 * Tall * Math.Abs(y)));
        return edge > 0.455 ? 1 : 0.3f * Noise.Unit(Noise.Hash((int)Math.Round(2 * (u - x)), (int)Math.Round(2 * (v - y)), 23));
    }

    private static double Fraction(double x) => x - Math.Floor(x);
}
