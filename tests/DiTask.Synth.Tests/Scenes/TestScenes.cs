using System.Numerics;
using DiTask.Synth.Geometry;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Tests.Scenes;

/// <summary>Scenes by hand.</summary>
internal static class TestScenes
{
    public static readonly Camera Level = new(new(0, 0.5, 1.5), 0, 0, 0, 1.2, 0.05);

    public static Scene Of(Camera camera, (Vec3, Vec3)? room, params Assembly[] things)
    {
        Stage stage = new();
        foreach (Assembly thing in things)
        {
            stage.Put(thing, Frame.World);
        }

        Material grey = Material.Plain(new Vector3(0.4f));
        return new Scene
        {
            Camera = camera,
            Primitives = stage.Primitives(),
            Objects = stage.Objects(),
            Lights = [new Light { Position = new(0.5, 1, 2.2), Color = Vector3.One }],
            Room = room,
            Surfaces = [grey, grey, grey, grey, grey, grey],
            Decals = [],
            Sky = new Sky { Zenith = Vector3.One, Horizon = Vector3.One, Cloud = Vector3.One, Sun = Vec3.Up },
            AmbientAbove = new(0.3f),
            AmbientBelow = new(0.2f),
            Film = new Film(),
        };
    }

    public static Scene Room(params Assembly[] things) => Of(Level, (new(-2, 0, 0), new(2, 5, 2.8)), things);

    public static Scene Field(params Assembly[] things) => Of(Level, null, things);

    public static Assembly Ball(Vec3 middle, double radius, float brightness = 0.9f) =>
        new Assembly(SceneClass.Sphere).Ball(middle, radius, Material.Plain(new Vector3(brightness)));

    public static Vec3 Flip(Vec3 v) => v with { X = -v.X };

    /// <summary>The scene as a mirror shows it, left for right, and without what lies flat on its surfaces.</summary>
    public static Scene Mirror(Scene scene, Camera camera) => new()
    {
        Camera = camera,
        Primitives = Array.ConvertAll(scene.Primitives, solid =>
        {
            // A frame of the other hand mirrors whatever is described within it.
            solid.Frame = new(Flip(solid.Frame.Origin), Flip(solid.Frame.X), Flip(solid.Frame.Y), Flip(solid.Frame.Z));
            return solid;
        }),
        Objects = Array.ConvertAll(scene.Objects, thing => thing with { Center = Flip(thing.Center) }),
        Lights = scene.Lights,
        Room = scene.Room is { } room ? (new(-room.Most.X, room.Least.Y, room.Least.Z), new(-room.Least.X, room.Most.Y, room.Most.Z)) : null,
        Surfaces = scene.Surfaces,
        Decals = [],
        Sky = scene.Sky,
        AmbientAbove = scene.AmbientAbove,
        AmbientBelow = scene.AmbientBelow,
        Film = scene.Film,
    };

    public static Hits Trace(Scene scene, int size)
    {
        Hits hits = new(size);
        SceneRenderer.Draw(scene, new RenderWork(), hits);
        return hits;
    }
}
