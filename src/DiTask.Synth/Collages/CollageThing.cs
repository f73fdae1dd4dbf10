using System.Numerics;
using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Collages;

/// <summary>The thing in one tile, its light and its background. The tile is the square from -1 to 1, seen from z = -4.</summary>
internal sealed class CollageThing
{
    private const double Fill = 0.85;

    private static readonly TextureKind[] Kinds = [TextureKind.Plain, .. Wardrobe.Kinds(heldOut: false)];

    public CollageThing(Dice dice)
    {
        CollageShape shape = (CollageShape)dice.Below(CollageTrait.All[0].Values.Count - 1);
        int texture = dice.Below(Kinds.Length), hue = dice.Below(CollageTrait.Hues + 1), size = dice.Below(CollageTrait.Sizes);
        Frame frame = dice.Rotation(default);
        Parts = Place(Build(shape, dice, Pattern(dice, Kinds[texture], hue)), frame, Fill * (0.6 + (0.16 * (size + (0.6 * dice.Next())))), dice);
        double azimuth = dice.Between(0, 2 * Math.PI), height = dice.Between(0.3, 0.9);
        Light = new(Math.Cos(height) * Math.Cos(azimuth), Math.Cos(height) * Math.Sin(azimuth), -Math.Sin(height));
        Ambient = dice.Single(0.15, 0.4);
        Background = Wardrobe.FromHsv(dice.Next(), dice.Between(0, 0.5), dice.Between(0.15, 0.9));
        Attributes =
        [
            (byte)(1 + (int)shape),
            (byte)texture,
            (byte)hue,
            (byte)size,
            (byte)Orientation(shape, frame.Z),
            (byte)((int)Math.Round(azimuth / (2 * Math.PI) * CollageTrait.Lights) % CollageTrait.Lights),
        ];
    }

    public byte[] Attributes { get; }

    public Primitive[] Parts { get; }

    /// <summary>Unit direction towards the light; x right, y down.</summary>
    public Vec3 Light { get; }

    public float Ambient { get; }

    public Vector3 Background { get; }

    // Of the main axis in the picture, modulo half a turn.
    private static int Orientation(CollageShape shape, Vec3 axis)
    {
        if (shape is CollageShape.Sphere or CollageShape.Jack)
        {
            return CollageTrait.Turns + 1;
        }

        double angle = Math.Atan2(-axis.Y, axis.X) / Math.PI;
        return Math.Abs(axis.Z) > 0.9 ? CollageTrait.Turns : (int)Math.Round((angle + 2) * CollageTrait.Turns) % CollageTrait.Turns;
    }

    private static Material Pattern(Dice dice, TextureKind kind, int hue)
    {
        bool isGrey = hue == CollageTrait.Hues;
        double turn = (hue + dice.Between(-0.35, 0.35)) / CollageTrait.Hues;
        Vector3 color = Wardrobe.FromHsv(turn, isGrey ? dice.Between(0, 0.07) : dice.Between(0.4, 0.9), dice.Between(0.45, 0.95));
        return new Material
        {
            Kind = kind,
            A = color,
            B = color * dice.Single(0.1, 0.45),
            Scale = dice.Between(0.25, 0.6),
            Gloss = dice.Chance(0.4) ? dice.Single(0.2, 0.7) : 0,
            Lie = kind is TextureKind.Bricks or TextureKind.Checker ? Frame.At(new(dice.Next(), dice.Next(), dice.Next())) : dice.Rotation(new(dice.Between(-2, 2), dice.Between(-2, 2), dice.Between(-2, 2))),
        };
    }

    private static Assembly Build(CollageShape shape, Dice dice, Material material)
    {
        Assembly thing = new(SceneClass.Box);
        double slim = dice.Between(0.3, 0.6);
        switch (shape)
        {
            case CollageShape.Sphere:
                return thing.Ball(default, 1, material);
            case CollageShape.Egg:
                return thing.Egg(Frame.World, new(slim, dice.Between(0.35, 0.7), 1), material);
            case CollageShape.Capsule:
                return thing.Capsule(new(0, 0, slim - 1), new(0, 0, 1 - slim), 0.75 * slim, material);
            case CollageShape.Cylinder:
                return thing.Frustum(new(0, 0, -0.8), new(0, 0, 0.8), slim, slim, material);
            case CollageShape.Cone:
                return thing.Frustum(new(0, 0, -0.8), new(0, 0, 0.9), 1.2 * slim, 0.001, material);
            case CollageShape.Stump:
                return thing.Frustum(new(0, 0, -0.7), new(0, 0, 0.7), 1.2 * slim, 0.55 * slim, material);
            case CollageShape.Box:
                return thing.Box(default, new(dice.Between(0.6, 1.1), dice.Between(0.6, 1.1), 1.4), material);
            case CollageShape.Pyramid:
                return thing.Hull(Frame.World, new(0.8, 0.8, 0.7), Hull.Pyramid(4, 0.6, 0.7), material);
            case CollageShape.Prism:
                return thing.Hull(Frame.World, new(0.75, 0.55, 0.55), Hull.Extrude(0.75, [(-0.55, -0.45), (0.55, -0.45), (0, 0.5)]), material);
            case CollageShape.Dumbbell:
                return thing.Ball(new(0, 0, 0.65), 0.36, material).Ball(new(0, 0, -0.65), 0.36, material).Capsule(new(0, 0, -0.6), new(0, 0, 0.6), 0.14, material);
            case CollageShape.Jack:
                return thing.Capsule(new(0, 0, -0.8), new(0, 0, 0.8), 0.17, material).Capsule(new(0, -0.8, 0), new(0, 0.8, 0), 0.17, material).Capsule(new(-0.8, 0, 0), new(0.8, 0, 0), 0.17, material);
            default:
                return thing.Box(new(0, -0.25, 0), new(0.5, 0.5, 1.6), material).Box(new(0, 0.3, -0.55), new(0.5, 0.8, 0.5), material);
        }
    }

    private static Primitive[] Place(Assembly thing, in Frame frame, double size, Dice dice)
    {
        double room = Math.Max(0, 1 - size);
        Vec3 at = new(dice.Between(-room, room), dice.Between(-room, room), 0);
        Primitive[] parts = [.. thing.Parts];
        for (int i = 0; i < parts.Length; i++)
        {
            ref Primitive part = ref parts[i];
            part.Faces = [.. part.Faces.Select(face => face with { Offset = size * face.Offset })];
            part.Frame = frame.Place(part.Frame);
            part.Frame = part.Frame with { Origin = at + (size * part.Frame.Origin) };
            part.Size = size * part.Size;
            part.Radius *= size;
        }

        return parts;
    }
}
