using DiTask.Synth.Geometry;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Scenes;

/// <summary>A thing being put together in its own space: it stands on z = 0 and looks along y.</summary>
internal sealed class Assembly(SceneClass kind)
{
    private readonly List<Primitive> parts = [];

    public SceneClass Class => kind;

    public IReadOnlyList<Primitive> Parts => parts;

    /// <summary>Least corner of the box around everything.</summary>
    public Vec3 Least { get; private set; } = new(double.MaxValue, double.MaxValue, double.MaxValue);

    /// <summary>Most corner of the box around everything.</summary>
    public Vec3 Most { get; private set; } = new(double.MinValue, double.MinValue, double.MinValue);

    /// <summary>A box by its middle and its whole sides.</summary>
    public Assembly Box(Vec3 middle, Vec3 sides, Material material) => Box(Frame.At(middle), sides, material);

    public Assembly Box(in Frame frame, Vec3 sides, Material material)
    {
        Vec3 half = 0.5 * sides;
        return Add(new() { Kind = ShapeKind.Box, Frame = frame, Size = half, Radius = half.Length, Material = material, Faces = [] });
    }

    public Assembly Ball(Vec3 middle, double radius, Material material, byte part = 0) =>
        Add(new() { Kind = ShapeKind.Sphere, Frame = Frame.At(middle), Size = new(radius, 0, 0), Radius = radius, Material = material, Faces = [], Part = part });

    public Assembly Egg(in Frame frame, Vec3 radii, Material material, byte part = 0) => Add(new()
    {
        Kind = ShapeKind.Ellipsoid,
        Frame = frame,
        Size = radii,
        Radius = Math.Max(radii.X, Math.Max(radii.Y, radii.Z)),
        Material = material,
        Faces = [],
        Part = part,
    });

    public Assembly Capsule(Vec3 from, Vec3 to, double radius, Material material, byte part = 0)
    {
        double half = 0.5 * (to - from).Length;
        return Add(new()
        {
            Kind = ShapeKind.Capsule,
            Frame = Frame.Along(0.5 * (from + to), to - from),
            Size = new(radius, 0, half),
            Radius = half + radius,
            Material = material,
            Faces = [],
            Part = part,
        });
    }

    /// <summary>A cylinder or cone from one end to the other.</summary>
    public Assembly Frustum(Vec3 from, Vec3 to, double radiusFrom, double radiusTo, Material material, byte part = 0)
    {
        double half = 0.5 * (to - from).Length, wide = Math.Max(radiusFrom, radiusTo);
        return Add(new()
        {
            Kind = ShapeKind.Frustum,
            Frame = Frame.Along(0.5 * (from + to), to - from),
            Size = new(radiusFrom, radiusTo, half),
            Radius = Math.Sqrt((half * half) + (wide * wide)),
            Material = material,
            Faces = [],
            Part = part,
        });
    }

    /// <summary>A hull with the half sizes of the box around it.</summary>
    public Assembly Hull(in Frame frame, Vec3 half, Face[] faces, Material material) =>
        Add(new() { Kind = ShapeKind.Hull, Frame = frame, Size = half, Radius = half.Length, Material = material, Faces = faces });

    private Assembly Add(Primitive part)
    {
        Vec3 half = part.HalfExtent();
        Least = Vec3.Min(Least, part.Frame.Origin - half);
        Most = Vec3.Max(Most, part.Frame.Origin + half);
        parts.Add(part);
        return this;
    }
}
