using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Things;

/// <summary>Boxes, balls, cylinders and cones.</summary>
internal static class Solids
{
    private static readonly SceneClass[] Kinds = [SceneClass.Box, SceneClass.Sphere, SceneClass.Cylinder, SceneClass.Cone];

    /// <summary>Any of the four, about as large as <paramref name="size"/> metres.</summary>
    public static Assembly Any(Dice dice, Wardrobe wardrobe, bool heldOut, double size) => Build(dice.Pick<SceneClass>(Kinds), dice, wardrobe, heldOut, size);

    public static Assembly Build(SceneClass kind, Dice dice, Wardrobe wardrobe, bool heldOut, double size)
    {
        Assembly solid = new(kind);
        Material material = wardrobe.Any(0.5 * size, 0.25);
        double r = size / 2;
        // Trained on squat and medium shapes, tried on slender and flat ones as well.
        double stretch = heldOut ? dice.Pick<double>([0.45, 0.6, 2.2, 2.8]) : dice.Between(0.7, 1.8);
        switch (kind)
        {
            case SceneClass.Box:
                double w = size * dice.Between(0.7, 1.2), d = size * dice.Between(0.7, 1.2), h = Math.Min(size * stretch, 1.9);
                return solid.Box(new(0, 0, h / 2), new(w, d, h), material);
            case SceneClass.Sphere:
                return solid.Ball(new(0, 0, r), r, material);
            case SceneClass.Cylinder:
                return solid.Frustum(default, new(0, 0, Math.Min(size * stretch, 2.2)), 0.8 * r, 0.8 * r, material);
            default:
                return solid.Frustum(default, new(0, 0, Math.Min(size * stretch * 1.2, 2.2)), r, dice.Chance(0.6) ? 0.001 : 0.25 * r, material);
        }
    }
}
