using System.Runtime.CompilerServices;

namespace DiTask.Synth.Geometry;

/// <summary>Where a ray enters a solid.</summary>
internal static class Intersection
{
    /// <summary>No hit.</summary>
    public const double None = double.PositiveInfinity;

    private const double Parallel = 1e-12;

    /// <summary>Distance to the entry point beyond <paramref name="least"/>, or <see cref="None"/>. The direction has length 1.</summary>
    public static double Enter(in Primitive solid, Vec3 origin, Vec3 direction, double least)
    {
        Vec3 d = solid.Frame.ToLocalDirection(direction);
        Vec3 o = solid.Frame.ToLocal(origin);
        double t = solid.Kind switch
        {
            ShapeKind.Sphere => Quadratic(1, Vec3.Dot(o, d), Vec3.Dot(o, o) - (solid.Size.X * solid.Size.X)),
            ShapeKind.Ellipsoid => Ellipsoid(solid.Size, o, d),
            ShapeKind.Capsule => Capsule(solid.Size.X, solid.Size.Z, o, d),
            ShapeKind.Frustum => Frustum(solid.Size, o, d, least),
            ShapeKind.Box => Box(solid.Size, o, d),
            _ => Convex(solid.Faces, o, d),
        };
        return t > least ? t : None;
    }

    private static double Quadratic(double a, double halfB, double c)
    {
        double discriminant = (halfB * halfB) - (a * c);
        return discriminant < 0 ? None : (-halfB - Math.Sqrt(discriminant)) / a;
    }

    private static double Ellipsoid(Vec3 size, Vec3 o, Vec3 d)
    {
        Vec3 so = new(o.X / size.X, o.Y / size.Y, o.Z / size.Z), sd = new(d.X / size.X, d.Y / size.Y, d.Z / size.Z);
        return Quadratic(Vec3.Dot(sd, sd), Vec3.Dot(so, sd), Vec3.Dot(so, so) - 1);
    }

    private static double Capsule(double radius, double half, Vec3 o, Vec3 d)
    {
        double a = (d.X * d.X) + (d.Y * d.Y);
        double z = d.Z > 0 ? -1 : 1;
        if (a > Parallel)
        {
            double t = Quadratic(a, (o.X * d.X) + (o.Y * d.Y), (o.X * o.X) + (o.Y * o.Y) - (radius * radius));
            if (t == None)
            {
                return None;
            }

            z = o.Z + (t * d.Z);
            if (Math.Abs(z) <= half)
            {
                return t;
            }
        }

        Vec3 end = new(o.X, o.Y, o.Z - (z > 0 ? half : -half));
        return Quadratic(1, Vec3.Dot(end, d), Vec3.Dot(end, end) - (radius * radius));
    }

    private static double Frustum(Vec3 size, Vec3 o, Vec3 d, double least)
    {
        double half = size.Z, slope = (size.Y - size.X) / (2 * half), middle = (size.X + size.Y) / 2;
        double best = None;
        // The cap on the ray's side; the other one can only be left.
        if (Math.Abs(d.Z) > Parallel)
        {
            double cap = d.Z > 0 ? -half : half, capRadius = d.Z > 0 ? size.X : size.Y;
            double t = (cap - o.Z) / d.Z;
            double x = o.X + (t * d.X), y = o.Y + (t * d.Y);
            if (t > least && (x * x) + (y * y) <= capRadius * capRadius)
            {
                return t;
            }
        }

        double edge = middle + (slope * o.Z);
        double a = (d.X * d.X) + (d.Y * d.Y) - (slope * slope * d.Z * d.Z);
        double b = (o.X * d.X) + (o.Y * d.Y) - (slope * d.Z * edge);
        double c = (o.X * o.X) + (o.Y * o.Y) - (edge * edge);
        double discriminant = (b * b) - (a * c);
        if (discriminant < 0 || Math.Abs(a) < Parallel)
        {
            return best;
        }

        double root = Math.Sqrt(discriminant);
        best = Side((-b - root) / a, best);
        return Side((-b + root) / a, best);

        double Side(double t, double soFar)
        {
            double z = o.Z + (t * d.Z);
            // Of the two sides of the double cone, and of entering and leaving, only the front counts.
            bool enters = (a * t) + b < 0;
            return t > least && t < soFar && Math.Abs(z) <= half && middle + (slope * z) >= 0 && enters ? t : soFar;
        }
    }

    private static double Box(Vec3 half, Vec3 o, Vec3 d)
    {
        double enter = double.NegativeInfinity, leave = double.PositiveInfinity;
        return Slab(o.X, d.X, half.X, ref enter, ref leave) && Slab(o.Y, d.Y, half.Y, ref enter, ref leave) && Slab(o.Z, d.Z, half.Z, ref enter, ref leave)
            ? enter
            : None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Slab(double o, double d, double half, ref double enter, ref double leave)
    {
        if (Math.Abs(d) < Parallel)
        {
            return Math.Abs(o) <= half;
        }

        double inverse = 1 / d, middle = -o * inverse, reach = half * Math.Abs(inverse);
        enter = Math.Max(enter, middle - reach);
        leave = Math.Min(leave, middle + reach);
        return enter <= leave;
    }

    private static double Convex(Face[] faces, Vec3 o, Vec3 d)
    {
        double enter = double.NegativeInfinity, leave = double.PositiveInfinity;
        foreach (ref readonly Face face in faces.AsSpan())
        {
            double speed = Vec3.Dot(face.Normal, d), away = Vec3.Dot(face.Normal, o) - face.Offset;
            if (Math.Abs(speed) < Parallel)
            {
                if (away > 0)
                {
                    return None;
                }
            }
            else if (speed < 0)
            {
                enter = Math.Max(enter, -away / speed);
            }
            else
            {
                leave = Math.Min(leave, -away / speed);
            }
        }

        return enter <= leave ? enter : None;
    }
}
