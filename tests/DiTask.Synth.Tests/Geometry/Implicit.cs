using DiTask.Synth.Geometry;

namespace DiTask.Synth.Tests.Geometry;

/// <summary>Signed distances to solids, or bounds of them: below 0 inside. Written from the definitions of the shapes, not from the equations of rays.</summary>
internal static class Implicit
{
    public static double Distance(in Primitive solid, Vec3 point)
    {
        Vec3 p = solid.Frame.ToLocal(point), s = solid.Size;
        double around = Math.Sqrt((p.X * p.X) + (p.Y * p.Y));
        switch (solid.Kind)
        {
            case ShapeKind.Sphere:
                return p.Length - s.X;
            case ShapeKind.Ellipsoid:
                double scaled = new Vec3(p.X / s.X, p.Y / s.Y, p.Z / s.Z).Length;
                return (scaled - 1) * Math.Min(s.X, Math.Min(s.Y, s.Z));
            case ShapeKind.Capsule:
                return new Vec3(p.X, p.Y, p.Z - Math.Clamp(p.Z, -s.Z, s.Z)).Length - s.X;
            case ShapeKind.Frustum:
                double slope = (s.Y - s.X) / (2 * s.Z);
                double side = (around - ((s.X + s.Y) / 2) - (slope * p.Z)) / Math.Sqrt(1 + (slope * slope));
                return Math.Max(side, Math.Abs(p.Z) - s.Z);
            case ShapeKind.Box:
                return Math.Max(Math.Abs(p.X) - s.X, Math.Max(Math.Abs(p.Y) - s.Y, Math.Abs(p.Z) - s.Z));
            default:
                return solid.Faces.Max(face => Vec3.Dot(face.Normal, p) - face.Offset);
        }
    }
}
