using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Things;

/// <summary>Shelves with books, cupboards. Their back is at -y.</summary>
internal static class Storage
{
    public static Assembly Build(Dice dice, Wardrobe wardrobe, bool heldOut)
    {
        double width = dice.Between(0.7, 1.5), depth = dice.Between(0.28, 0.42), height = dice.Chance(0.3) ? dice.Between(0.75, 1.1) : dice.Between(1.5, 2.2);
        Material wood = wardrobe.Any(0.4, 0.4);
        return heldOut ? Cupboard(dice, wardrobe, wood, width, depth + 0.1, height) : Shelf(dice, wardrobe, wood, width, depth, height);
    }

    private static Assembly Shelf(Dice dice, Wardrobe wardrobe, Material wood, double width, double depth, double height)
    {
        Assembly shelf = new(SceneClass.Shelf);
        int boards = Math.Max(2, (int)(height / dice.Between(0.36, 0.48)));
        double step = (height - 0.06) / boards;
        foreach (double side in (ReadOnlySpan<double>)[-1, 1])
        {
            shelf.Box(new(side * ((width / 2) - 0.0125), 0, height / 2), new(0.025, depth, height), wood);
        }

        if (dice.Chance(0.7))
        {
            shelf.Box(new(0, (-depth / 2) + 0.005, height / 2), new(width - 0.05, 0.01, height), wardrobe.Any(0.4, 0.7));
        }

        for (int i = 0; i <= boards; i++)
        {
            double z = 0.04 + (i * step);
            shelf.Box(new(0, 0, z), new(width - 0.05, depth, 0.025), wood);
            if (i < boards)
            {
                Fill(shelf, dice, wardrobe, z + 0.0125, width - 0.1, depth, step - 0.06);
            }
        }

        return shelf;
    }

    private static void Fill(Assembly shelf, Dice dice, Wardrobe wardrobe, double z, double width, double depth, double room)
    {
        double x = -width / 2, end = x + (width * dice.Between(0.1, 1));
        while (x < end)
        {
            double thick = dice.Between(0.06, 0.2), tall = room * dice.Between(0.45, 0.95), deep = depth * dice.Between(0.55, 0.85);
            if (x + thick > width / 2)
            {
                break;
            }

            shelf.Box(new(x + (thick / 2), (-depth / 2) + 0.02 + (deep / 2), z + (tall / 2)), new(thick - 0.006, deep, tall), wardrobe.Any(0.1, 0.8));
            x += thick + (dice.Chance(0.2) ? dice.Between(0.05, 0.3) : 0);
        }
    }

    private static Assembly Cupboard(Dice dice, Wardrobe wardrobe, Material wood, double width, double depth, double height)
    {
        Assembly cupboard = new(SceneClass.Shelf);
        Material front = dice.Chance(0.5) ? wood : wardrobe.Any(0.4, 0.5), knob = wardrobe.Any(0.1, 1);
        cupboard.Box(new(0, 0, (height + 0.06) / 2), new(width, depth, height - 0.06), wood);
        int columns = width > 1 ? 3 : 2, rows = height > 1.4 ? dice.From(1, 2) : dice.From(2, 3);
        for (int i = 0; i < columns * rows; i++)
        {
            double w = width / columns, h = (height - 0.1) / rows, x = (((i % columns) + 0.5) * w) - (width / 2), z = 0.08 + (((i / columns) + 0.5) * h);
            cupboard.Box(new(x, depth / 2, z), new(w - 0.03, 0.03, h - 0.03), front)
                .Ball(new(x + ((i % columns) == 0 ? 0.35 * w : -0.35 * w), (depth / 2) + 0.03, z), 0.018, knob);
        }

        foreach ((double sx, double sy) in Tables.Corners)
        {
            cupboard.Box(new(sx * ((width / 2) - 0.05), sy * ((depth / 2) - 0.05), 0.03), new(0.05, 0.05, 0.06), wood);
        }

        return cupboard;
    }
}
