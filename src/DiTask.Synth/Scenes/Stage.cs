using DiTask.Synth.Geometry;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Scenes;

/// <summary>A scene being put together: what stands where, and what is still free.</summary>
internal sealed class Stage
{
    private readonly List<Primitive> primitives = [];
    private readonly List<SceneObject> objects = [];
    private readonly List<Footprint> taken = [];

    public List<Light> Lights { get; } = [];

    public List<Decal> Decals { get; } = [];

    public int ObjectCount => objects.Count;

    /// <summary>Keeps a rectangle of floor free.</summary>
    public void Block(Footprint area) => taken.Add(area);

    /// <summary>The floor that a thing covers at a place.</summary>
    public static Footprint FootprintOf(Assembly thing, in Frame frame, double angle)
    {
        Vec3 middle = frame.ToWorld(0.5 * (thing.Least + thing.Most));
        return new(middle.X, middle.Y, 0.5 * (thing.Most.X - thing.Least.X), 0.5 * (thing.Most.Y - thing.Least.Y), angle);
    }

    public bool IsFree(in Footprint area, double gap)
    {
        Footprint grown = area.Grow(gap);
        foreach (Footprint other in taken)
        {
            if (other.Overlaps(grown))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Puts a thing on free floor; false where the floor is taken.</summary>
    public bool TryPlace(Assembly thing, Vec3 at, double angle, double gap = 0.04)
    {
        Frame frame = Frame.Turned(at, angle);
        Footprint area = FootprintOf(thing, frame, angle);
        if (!IsFree(area, gap))
        {
            return false;
        }

        taken.Add(area);
        Put(thing, frame);
        return true;
    }

    /// <summary>Puts a thing wherever it is told to; the index of the object.</summary>
    public int Put(Assembly thing, in Frame frame)
    {
        int first = primitives.Count;
        Vec3 center = frame.ToWorld(0.5 * (thing.Least + thing.Most));
        double radius = 0;
        foreach (Primitive part in thing.Parts)
        {
            Primitive placed = part;
            placed.Frame = frame.Place(part.Frame);
            placed.Object = objects.Count;
            radius = Math.Max(radius, (placed.Frame.Origin - center).Length + placed.Radius);
            primitives.Add(placed);
        }

        objects.Add(new(thing.Class, frame, first, thing.Parts.Count, center, radius));
        return objects.Count - 1;
    }

    public Primitive[] Primitives() => [.. primitives];

    public SceneObject[] Objects() => [.. objects];
}
