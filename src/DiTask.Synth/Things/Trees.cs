using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Things;

/// <summary>Trees, bushes, plants in pots.</summary>
internal static class Trees
{
    public static Assembly Tree(Dice dice, Wardrobe wardrobe, bool heldOut)
    {
        Assembly tree = new(SceneClass.Tree);
        Material bark = Bark(dice, wardrobe), leaves = Leaves(dice, wardrobe);
        double height = dice.Between(2.6, 6.5), trunk = height * dice.Between(0.28, 0.42), r = 0.03 * height;
        tree.Frustum(default, new(0, 0, trunk + (0.1 * height)), r, 0.65 * r, bark);
        double crown = height - trunk, wide = crown * dice.Between(0.32, 0.5);
        if (heldOut)
        {
            bool isFir = dice.Chance(0.5);
            for (int i = 0; i < (isFir ? 3 : 5); i++)
            {
                if (isFir)
                {
                    double z = trunk + (crown * 0.28 * i), w = wide * (1 - (0.24 * i));
                    tree.Frustum(new(0, 0, z - (0.2 * crown)), new(0, 0, z + (0.42 * crown)), w, 0.02, leaves);
                }
                else
                {
                    (double sin, double cos) = Math.SinCos(2 * Math.PI * i / 5);
                    double s = 0.55 * wide * dice.Between(0.9, 1.2);
                    tree.Egg(Frame.At(new(0.6 * wide * cos, 0.6 * wide * sin, trunk + (crown * dice.Between(0.3, 0.7)))), new(s, s, 0.8 * s), leaves);
                }
            }

            return tree;
        }

        switch (dice.Below(3))
        {
            case 0:
                tree.Frustum(new(0, 0, 0.7 * trunk), new(0, 0, height), wide, 0.02, leaves);
                break;
            case 1:
                tree.Egg(Frame.At(new(0, 0, trunk + (0.45 * crown))), new(wide, wide, 0.56 * crown), leaves);
                break;
            default:
                tree.Egg(Frame.At(new(0.3 * wide, 0, trunk + (0.3 * crown))), new(0.75 * wide, 0.75 * wide, 0.35 * crown), leaves)
                    .Egg(Frame.At(new(-0.35 * wide, 0.2 * wide, trunk + (0.4 * crown))), new(0.7 * wide, 0.7 * wide, 0.35 * crown), leaves)
                    .Egg(Frame.At(new(0, -0.1 * wide, trunk + (0.7 * crown))), new(0.65 * wide, 0.65 * wide, 0.33 * crown), leaves);
                break;
        }

        return tree;
    }

    public static Assembly Bush(Dice dice, Wardrobe wardrobe)
    {
        Assembly bush = new(SceneClass.Tree);
        Material leaves = Leaves(dice, wardrobe);
        double size = dice.Between(0.35, 0.8);
        for (int i = 0; i < 3; i++)
        {
            double s = size * dice.Between(0.6, 1);
            bush.Egg(Frame.At(new(dice.Between(-0.5, 0.5) * size, dice.Between(-0.5, 0.5) * size, 0.75 * s)), new(s, s, 0.8 * s), leaves);
        }

        return bush;
    }

    public static Assembly Potted(Dice dice, Wardrobe wardrobe, bool heldOut)
    {
        Assembly plant = new(SceneClass.Tree);
        Material pot = wardrobe.Any(0.15, 0.5), leaves = Leaves(dice, wardrobe);
        double height = dice.Between(0.6, 1.5), r = 0.16 * Math.Sqrt(height);
        plant.Frustum(default, new(0, 0, 1.7 * r), 0.75 * r, r, pot).Frustum(new(0, 0, 1.6 * r), new(0, 0, 0.7 * height), 0.018, 0.015, Bark(dice, wardrobe));
        if (heldOut)
        {
            plant.Ball(new(0, 0, height - (1.2 * r)), 1.4 * r, leaves);
            return plant;
        }

        for (int i = 0; i < 6; i++)
        {
            (double sin, double cos) = Math.SinCos((2 * Math.PI * i / 6) + dice.Between(0, 0.6));
            Vec3 direction = new(cos, sin, dice.Between(0.5, 2));
            Vec3 root = new(0, 0, height * dice.Between(0.45, 0.65));
            plant.Egg(Frame.Along(root + (0.22 * height * direction.Unit()), direction), new(0.06 * height, 0.06 * height, 0.22 * height), leaves);
        }

        return plant;
    }

    private static Material Leaves(Dice dice, Wardrobe wardrobe) =>
        wardrobe.Of(dice.Chance(0.8) ? TextureKind.Noise : TextureKind.Plain, wardrobe.Near(0.28, 0.55, 0.5, 0.55), 0.25);

    private static Material Bark(Dice dice, Wardrobe wardrobe) =>
        wardrobe.Of(dice.Chance(0.6) ? TextureKind.Noise : TextureKind.Plain, wardrobe.Near(0.08, 0.4, 0.4, 0.6), 0.12);
}
