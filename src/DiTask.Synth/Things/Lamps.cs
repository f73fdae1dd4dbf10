using System.Numerics;
using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Things;

/// <summary>Lamps that stand on floors, tables and pavements.</summary>
internal static class Lamps
{
    /// <summary>A lamp and where its light is.</summary>
    public static (Assembly Lamp, Vec3 Bulb) Standing(Dice dice, Wardrobe wardrobe, bool heldOut, double height)
    {
        Assembly lamp = new(SceneClass.Lamp);
        Material metal = wardrobe.Any(0.1, 0.9);
        bool isOn = dice.Chance(0.6);
        double size = dice.Between(0.85, 1.2) * Math.Clamp(0.14 * height, 0.1, 0.2), foot = 0.8 * size;
        lamp.Frustum(default, new(0, 0, 0.025), foot, foot, metal).Frustum(new(0, 0, 0.02), new(0, 0, height - size), 0.014, 0.014, metal);
        Material shade = Material.Glow(wardrobe.Color(), isOn ? 1.2f : 0);
        if (heldOut)
        {
            lamp.Ball(new(0, 0, height - size), 1.05 * size, shade);
        }
        else
        {
            lamp.Frustum(new(0, 0, height - (1.5 * size)), new(0, 0, height), 1.25 * size, dice.Between(0.5, 1.1) * size, shade);
        }

        return (lamp, new(0, 0, isOn ? height - (2 * size) : -1));
    }

    /// <summary>A lamp of the street; its arm is along y.</summary>
    public static Assembly Street(Dice dice, Wardrobe wardrobe, bool heldOut)
    {
        Assembly lamp = new(SceneClass.Lamp);
        Material metal = wardrobe.Any(0.3, 0.9);
        double height = dice.Between(3.2, 5.2), r = dice.Between(0.05, 0.08);
        Material light = Material.Glow(new Vector3(0.9f, 0.85f, 0.7f), 0.6f);
        lamp.Frustum(default, new(0, 0, 0.5), 1.9 * r, 1.6 * r, metal).Frustum(new(0, 0, 0.4), new(0, 0, height), r, 0.7 * r, metal);
        if (heldOut)
        {
            foreach (double side in (ReadOnlySpan<double>)[-1, 1])
            {
                lamp.Capsule(new(0, 0, height - 0.15), new(side * 0.55, 0, height), 0.04, metal).Ball(new(side * 0.6, 0, height + 0.1), 0.2, light);
            }

            return lamp;
        }

        if (dice.Chance(0.5))
        {
            lamp.Capsule(new(0, 0, height), new(0, 1.1, height + 0.25), 0.04, metal).Box(new(0, 1.35, height + 0.24), new(0.24, 0.6, 0.12), light);
        }
        else
        {
            lamp.Frustum(new(0, 0, height), new(0, 0, height + 0.45), 0.13, 0.22, light).Frustum(new(0, 0, height + 0.45), new(0, 0, height + 0.62), 0.28, 0.05, metal);
        }

        return lamp;
    }
}
