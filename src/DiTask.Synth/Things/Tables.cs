using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Things;

/// <summary>Tables and desks.</summary>
internal static class Tables
{
    /// <summary>A table; its top is at the returned height.</summary>
    public static (Assembly Table, double Height) Build(Dice dice, Wardrobe wardrobe, bool heldOut, bool low = false)
    {
        Assembly table = new(SceneClass.Table);
        Material top = wardrobe.Any(0.35, 0.35), leg = dice.Chance(0.6) ? top : wardrobe.Any(0.3, 0.8);
        double length = dice.Between(low ? 0.8 : 0.9, low ? 1.2 : 1.8), width = dice.Between(0.55, low ? 0.7 : 0.95);
        double height = low ? dice.Between(0.36, 0.48) : dice.Between(0.68, 0.8), thick = dice.Between(0.025, 0.06), under = height - thick;
        double x = (length / 2) - dice.Between(0.06, 0.12), y = (width / 2) - dice.Between(0.05, 0.1), r = dice.Between(0.02, 0.04);
        if (heldOut)
        {
            BuildHeldOut(table, dice, top, leg, length, width, height, thick);
            return (table, height);
        }

        int kind = dice.Below(3);
        if (kind == 1)
        {
            double round = Math.Max(width, 0.8) / 2;
            table.Frustum(new(0, 0, under), new(0, 0, height), round, round, top)
                .Frustum(new(0, 0, 0.03), new(0, 0, under), 0.05, 0.05, leg)
                .Frustum(default, new(0, 0, 0.03), 0.6 * round, 0.5 * round, leg);
            return (table, height);
        }

        table.Box(new(0, 0, height - (thick / 2)), new(length, width, thick), top);
        foreach ((double sx, double sy) in Corners)
        {
            if (kind == 0)
            {
                table.Box(new(sx * x, sy * y, under / 2), new(2 * r, 2 * r, under), leg);
            }
            else
            {
                table.Frustum(new(sx * (x + 0.02), sy * (y + 0.02), 0), new(sx * (x - 0.08), sy * (y - 0.06), under), 0.6 * r, r, leg);
            }
        }

        if (dice.Chance(0.4))
        {
            table.Box(new(0, 0, under - 0.05), new(2 * x, 2 * y, 0.1), leg);
        }

        return (table, height);
    }

    public static readonly (double X, double Y)[] Corners = [(-1, -1), (1, -1), (-1, 1), (1, 1)];

    private static void BuildHeldOut(Assembly table, Dice dice, Material top, Material leg, double length, double width, double height, double thick)
    {
        double under = height - thick;
        if (dice.Chance(0.5))
        {
            table.Box(new(0, 0, height - (thick / 2)), new(length, width, thick), top);
            foreach (double side in (ReadOnlySpan<double>)[-1, 1])
            {
                table.Box(new(side * ((length / 2) - 0.03), 0, under / 2), new(0.05, 0.94 * width, under), leg);
            }

            table.Box(new((length / 2) - 0.25, 0, under / 2), new(0.38, 0.9 * width, 0.9 * under), leg);
        }
        else
        {
            double round = Math.Max(width, 0.75) / 2;
            table.Frustum(new(0, 0, under), new(0, 0, height), 0.92 * round, round, top);
            for (int i = 0; i < 3; i++)
            {
                (double sin, double cos) = Math.SinCos((2 * Math.PI * i / 3) + 0.3);
                table.Frustum(new(0.85 * round * cos, 0.85 * round * sin, 0), new(0.25 * round * cos, 0.25 * round * sin, under), 0.02, 0.035, leg);
            }
        }
    }
}
