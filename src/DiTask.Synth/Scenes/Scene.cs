using System.Numerics;
using DiTask.Synth.Geometry;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Scenes;

/// <summary>Everything that a picture is made of.</summary>
internal sealed class Scene
{
    /// <summary>Outdoors, what is farther than this is the sky.</summary>
    public const double Horizon = 60;

    public required Camera Camera { get; init; }

    public required Primitive[] Primitives { get; init; }

    public required SceneObject[] Objects { get; init; }

    public required Light[] Lights { get; init; }

    /// <summary>Corners of the room; null outdoors.</summary>
    public required (Vec3 Least, Vec3 Most)? Room { get; init; }

    /// <summary>Of the ground or floor, the ceiling and the walls; by -2 - surface.</summary>
    public required Material[] Surfaces { get; init; }

    public required Decal[] Decals { get; init; }

    public required Sky Sky { get; init; }

    /// <summary>Light from above that has no direction.</summary>
    public required Vector3 AmbientAbove { get; init; }

    /// <summary>Light from below that has no direction.</summary>
    public required Vector3 AmbientBelow { get; init; }

    /// <summary>Share of light lost to fog per metre.</summary>
    public double Fog { get; init; }

    public Vector3 FogColor { get; init; }

    public required Film Film { get; init; }

    /// <summary>The class that a surface has.</summary>
    public SceneClass ClassOf(int surface) => surface switch
    {
        >= 0 => Objects[Primitives[surface].Object].Class,
        Surface.Sky => SceneClass.Sky,
        Surface.Ground => Room is null ? SceneClass.Ground : SceneClass.Floor,
        Surface.Ceiling => SceneClass.Ceiling,
        _ => SceneClass.Wall,
    };

    /// <summary>Distance to the room or the ground, and which of its surfaces.</summary>
    public double EnterBackdrop(Vec3 origin, Vec3 direction, out int surface)
    {
        if (Room is not { } room)
        {
            double t = direction.Z < 0 ? -origin.Z / direction.Z : Intersection.None;
            surface = t <= Horizon ? Surface.Ground : Surface.Sky;
            return t <= Horizon ? t : Intersection.None;
        }

        double x = Leave(origin.X, direction.X, room.Least.X, room.Most.X);
        double y = Leave(origin.Y, direction.Y, room.Least.Y, room.Most.Y);
        double z = Leave(origin.Z, direction.Z, room.Least.Z, room.Most.Z);
        surface = z <= x && z <= y ? (direction.Z < 0 ? Surface.Ground : Surface.Ceiling)
            : x < y ? (direction.X < 0 ? Surface.FirstWall : Surface.FirstWall - 1)
            : (direction.Y < 0 ? Surface.FirstWall - 2 : Surface.FirstWall - 3);
        return Math.Min(z, Math.Min(x, y));
    }

    /// <summary>The normal of a part of the backdrop.</summary>
    public static Vec3 BackdropNormal(int surface) => surface switch
    {
        Surface.Ground => Vec3.Up,
        Surface.Ceiling => -Vec3.Up,
        Surface.FirstWall => Vec3.Right,
        Surface.FirstWall - 1 => -Vec3.Right,
        Surface.FirstWall - 2 => Vec3.Ahead,
        _ => -Vec3.Ahead,
    };

    private static double Leave(double o, double d, double least, double most) =>
        d == 0 ? double.PositiveInfinity : ((d > 0 ? most : least) - o) / d;
}
