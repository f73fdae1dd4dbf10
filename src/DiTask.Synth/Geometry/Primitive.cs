using DiTask.Synth.Shading;

namespace DiTask.Synth.Geometry;

/// <summary>One solid with its material.</summary>
internal struct Primitive
{
    public required ShapeKind Kind;
    public required Frame Frame;
    public required Vec3 Size;
    public required Material Material;

    /// <summary>Faces of a hull, within its frame; empty otherwise.</summary>
    public Face[] Faces;

    /// <summary>Radius of the smallest sphere about the frame's origin that holds the solid.</summary>
    public required double Radius;

    /// <summary>Index of the object that it belongs to.</summary>
    public int Object;

    /// <summary>Human part, 0 for everything else.</summary>
    public byte Part;

    /// <summary>Half sizes of the box along the axes of the outer frame that holds the solid.</summary>
    public readonly Vec3 HalfExtent()
    {
        Frame f = Frame;
        return Kind switch
        {
            ShapeKind.Sphere => new(Size.X, Size.X, Size.X),
            ShapeKind.Ellipsoid => new(
                new Vec3(Size.X * f.X.X, Size.Y * f.Y.X, Size.Z * f.Z.X).Length,
                new Vec3(Size.X * f.X.Y, Size.Y * f.Y.Y, Size.Z * f.Z.Y).Length,
                new Vec3(Size.X * f.X.Z, Size.Y * f.Y.Z, Size.Z * f.Z.Z).Length),
            ShapeKind.Capsule => new(Size.X + (Size.Z * Math.Abs(f.Z.X)), Size.X + (Size.Z * Math.Abs(f.Z.Y)), Size.X + (Size.Z * Math.Abs(f.Z.Z))),
            ShapeKind.Frustum => new(DiscExtent(f.Z.X), DiscExtent(f.Z.Y), DiscExtent(f.Z.Z)),
            _ => new(
                (Size.X * Math.Abs(f.X.X)) + (Size.Y * Math.Abs(f.Y.X)) + (Size.Z * Math.Abs(f.Z.X)),
                (Size.X * Math.Abs(f.X.Y)) + (Size.Y * Math.Abs(f.Y.Y)) + (Size.Z * Math.Abs(f.Z.Y)),
                (Size.X * Math.Abs(f.X.Z)) + (Size.Y * Math.Abs(f.Y.Z)) + (Size.Z * Math.Abs(f.Z.Z))),
        };
    }

    private readonly double DiscExtent(double along) =>
        (Math.Max(Size.X, Size.Y) * Math.Sqrt(Math.Max(0, 1 - (along * along)))) + (Size.Z * Math.Abs(along));
}
