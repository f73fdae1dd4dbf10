using System.Numerics;
using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Things;

/// <summary>Doors and windows of rooms: they stand at a wall and look along y.</summary>
internal static class Openings
{
    public static Assembly Door(Dice dice, Wardrobe wardrobe, bool heldOut)
    {
        Assembly door = new(SceneClass.Door);
        double width = dice.Between(0.75, 1.0), height = dice.Between(1.95, 2.15);
        Material leaf = wardrobe.Any(0.4, 0.6), frame = wardrobe.Any(0.4, 0.9), knob = wardrobe.Any(0.1, 1);
        door.Box(new(0, 0, height / 2), new(width, 0.03, height), leaf);
        foreach (double side in (ReadOnlySpan<double>)[-1, 1])
        {
            door.Box(new(side * (width + 0.08) / 2, 0.005, height / 2), new(0.08, 0.05, height), frame);
        }

        door.Box(new(0, 0.005, height + 0.04), new(width + 0.16, 0.05, 0.08), frame).Ball(new(0.4 * width, 0.05, 1.02), 0.03, knob);
        if (heldOut)
        {
            door.Box(new(0, 0.01, 0.72 * height), new(0.5 * width, 0.03, 0.35 * height), Material.Plain(new(0.05f, 0.06f, 0.07f), 0.8f));
        }
        else if (dice.Chance(0.6))
        {
            door.Box(new(0, 0.01, 0.27 * height), new(0.7 * width, 0.03, 0.35 * height), frame).Box(new(0, 0.01, 0.72 * height), new(0.7 * width, 0.03, 0.4 * height), frame);
        }

        return door;
    }

    public static Assembly Window(Dice dice, Wardrobe wardrobe, bool heldOut, double room)
    {
        Assembly window = new(SceneClass.Window);
        double width = dice.Between(0.8, 1.7), low = dice.Between(0.75, 1.05), high = Math.Min(dice.Between(1.9, 2.3), room - 0.15);
        Material frame = wardrobe.Any(0.3, 0.9);
        Vector3 day = Vector3.Lerp(new(0.55f, 0.75f, 1), Vector3.One, dice.Single(0, 1));
        Material pane = Material.Glow(day, dice.Chance(0.85) ? dice.Single(0.6, 2) : 0.05f);
        double middle = (low + high) / 2, tall = high - low;
        window.Box(new(0, -0.01, middle), new(width, 0.02, tall), pane);
        foreach (double side in (ReadOnlySpan<double>)[-1, 1])
        {
            window.Box(new(side * width / 2, 0, middle), new(0.07, 0.06, tall + 0.07), frame).Box(new(0, 0, middle + (side * tall / 2)), new(width + 0.07, 0.06, 0.07), frame);
        }

        int bars = heldOut ? 3 : dice.Below(3);
        for (int i = 1; i <= bars; i++)
        {
            window.Box(new(width * ((i / (bars + 1.0)) - 0.5), 0, middle), new(0.04, 0.045, tall), frame);
        }

        if (heldOut || dice.Chance(0.4))
        {
            window.Box(new(0, 0, middle + (0.15 * tall)), new(width, 0.045, 0.04), frame);
        }

        window.Box(new(0, 0.06, low - 0.05), new(width + 0.2, 0.16, 0.035), frame);
        return window;
    }
}
