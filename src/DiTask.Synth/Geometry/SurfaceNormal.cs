namespace DiTask.Synth.Geometry;

/// <summary>Outward unit normals at points of surfaces.</summary>
internal static class SurfaceNormal
{
    /// <summary>The normal, in the world, at a point of the surface.</summary>
    public static Vec3 At(in Primitive solid, Vec3 point)
    {
        Vec3 p = solid.Frame.ToLocal(point), size = solid.Size;
        Vec3 normal = solid.Kind switch
        {
            ShapeKind.Sphere => p,
            ShapeKind.Ellipsoid => new(p.X / (size.X * size.X), p.Y / (size.Y * size.Y), p.Z / (size.Z * size.Z)),
            ShapeKind.Capsule => new(p.X, p.Y, p.Z - Math.Clamp(p.Z, -size.Z, size.Z)),
            ShapeKind.Frustum => Frustum(size, p),
            ShapeKind.Box => Box(size, p),
            _ => Nearest(solid.Faces, p),
        };
        return solid.Frame.ToWorldDirection(normal.Unit());
    }

    private static Vec3 Frustum(Vec3 size, Vec3 p)
    {
        double slope = (size.Y - size.X) / (2 * size.Z), around = Math.Sqrt((p.X * p.X) + (p.Y * p.Y));
        double side = Math.Abs(around - ((size.X + size.Y) / 2) - (slope * p.Z));
        return Math.Abs(Math.Abs(p.Z) - size.Z) < side ? new(0, 0, p.Z) : new(p.X, p.Y, -slope * around);
    }

    private static Vec3 Box(Vec3 half, Vec3 p)
    {
        double x = Math.Abs(p.X) - half.X, y = Math.Abs(p.Y) - half.Y, z = Math.Abs(p.Z) - half.Z;
        return x > y && x > z ? new(p.X, 0, 0) : y > z ? new(0, p.Y, 0) : new(0, 0, p.Z);
    }

    private static Vec3 Nearest(Face[] faces, Vec3 p)
    {
        Vec3 best = default;
        double most = double.NegativeInfinity;
        foreach (ref readonly Face face in faces.AsSpan())
        {
            double away = Vec3.Dot(face.Normal, p) - face.Offset;
            if (away > most)
            {
                (most, best) = (away, face.Normal);
            }
        }

        return best;
    }
}
