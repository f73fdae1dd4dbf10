using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Things;

/// <summary>Houses with flat or gabled roofs; their front, as long as asked for, looks along y.</summary>
internal static class Houses
{
    public static Assembly Build(Dice dice, Wardrobe wardrobe, bool heldOut, double length, double deep)
    {
        Assembly house = new(SceneClass.Building);
        double height = (dice.From(1, 4) * 2.9) + dice.Between(0.2, 0.6);
        Material wall = Facade(dice, wardrobe), roof = wardrobe.Any(0.5, 0.5);
        Material plain = wall with { Kind = TextureKind.Plain };
        house.Box(new(0, 0, height / 2), new(length, deep, height), wall);
        house.Box(new(0, 0, 0.2), new(length + 0.08, deep + 0.08, 0.4), plain);
        if (heldOut ? dice.Chance(0.3) : dice.Chance(0.55))
        {
            double rise = deep * dice.Between(0.25, 0.5), over = 0.35;
            Frame ridge = Frame.At(new(0, 0, height + (rise / 2)));
            house.Hull(ridge, new((length / 2) + over, (deep / 2) + over, rise / 2), Hull.Extrude((length / 2) + over, [(-(deep / 2) - over, -rise / 2), ((deep / 2) + over, -rise / 2), (0, rise / 2)]), roof);
            if (dice.Chance(0.5))
            {
                house.Box(new(length * dice.Between(-0.3, 0.3), 0.15 * deep, height + rise), new(0.7, 0.7, 1), plain);
            }
        }
        else
        {
            house.Box(new(0, 0, height + 0.1), new(length + 0.3, deep + 0.3, 0.25), roof);
        }

        Material door = wardrobe.Any(0.5, 0.8);
        house.Box(new(length * dice.Between(-0.35, 0.35), deep / 2, 1.1), new(1.1, 0.1, 2.2), door);
        if (heldOut)
        {
            for (double z = 3; z < height - 1; z += 2.9)
            {
                house.Box(new(0, (deep / 2) + 0.35, z), new(0.6 * length, 0.7, 0.9), plain);
            }
        }

        return house;
    }

    private static Material Facade(Dice dice, Wardrobe wardrobe)
    {
        Material wall = wardrobe.Of(wardrobe.FacadeKind, wardrobe.Quiet(), 1.2);
        return wall with { B = Material.Plain(new(0.05f, 0.06f, 0.08f)).A * (float)dice.Between(0.5, 4), Gloss = 0, Lie = Frame.World };
    }
}
