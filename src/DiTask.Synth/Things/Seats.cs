using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Things;

/// <summary>Chairs, stools, benches, sofas and armchairs. They look along y.</summary>
internal static class Seats
{
    private const double Top = Person.SeatHeight;

    public static Assembly Chair(Dice dice, Wardrobe wardrobe, bool heldOut)
    {
        Assembly chair = new(SceneClass.Chair);
        Material seat = wardrobe.Any(0.2, 0.5), frame = dice.Chance(0.5) ? seat : wardrobe.Any(0.2, 0.8);
        double w = dice.Between(0.4, 0.5), back = dice.Between(0.82, 1.0), r = dice.Between(0.015, 0.025);
        chair.Box(new(0, 0, Top - 0.02), new(w, w, 0.045), seat);
        if (heldOut)
        {
            // Swivel chair on a column, or a back of slats.
            if (dice.Chance(0.5))
            {
                chair.Frustum(new(0, 0, 0.06), new(0, 0, Top - 0.04), 0.03, 0.025, frame).Frustum(new(0, 0, 0), new(0, 0, 0.06), 0.27, 0.06, frame);
                chair.Egg(Frame.At(new(0, (-w / 2) + 0.02, back - 0.15)), new(0.45 * w, 0.04, 0.2), seat)
                    .Box(new(0, (-w / 2) + 0.02, (Top + back - 0.2) / 2), new(0.05, 0.03, back - 0.2 - Top), frame);
                return chair;
            }

            Legs(chair, w, r, frame, slant: 0.05);
            for (int i = 0; i < 5; i++)
            {
                double x = ((i / 4.0) - 0.5) * (w - 0.04);
                chair.Frustum(new(x, (-w / 2) + 0.02, Top), new(x, (-w / 2) - 0.03, back), 0.012, 0.012, frame);
            }

            chair.Box(new(0, (-w / 2) - 0.03, back), new(w, 0.035, 0.06), seat);
            return chair;
        }

        Legs(chair, w, r, frame, slant: dice.Chance(0.5) ? 0 : 0.03);
        double low = dice.Chance(0.5) ? Top : Top + 0.2;
        chair.Box(new(0, (-w / 2) + 0.015, (low + back) / 2), new(w, 0.03, back - low), seat);
        foreach (double side in (ReadOnlySpan<double>)[-1, 1])
        {
            chair.Box(new(side * ((w / 2) - r), (-w / 2) + 0.015, (Top + back) / 2), new(2 * r, 0.035, back - Top), frame);
        }

        if (dice.Chance(0.3))
        {
            foreach (double side in (ReadOnlySpan<double>)[-1, 1])
            {
                chair.Box(new(side * ((w / 2) + 0.015), 0, Top + 0.2), new(0.04, 0.9 * w, 0.03), frame)
                    .Box(new(side * ((w / 2) + 0.015), (0.45 * w) - 0.02, Top + 0.08), new(0.03, 0.03, 0.24), frame);
            }
        }

        return chair;
    }

    /// <summary>A bench of the street.</summary>
    public static Assembly Bench(Dice dice, Wardrobe wardrobe, bool heldOut)
    {
        Assembly bench = new(SceneClass.Chair);
        Material plank = wardrobe.Any(0.25, 0.4), frame = wardrobe.Any(0.2, 0.8);
        double length = dice.Between(1.3, 1.9);
        for (int i = 0; i < 3; i++)
        {
            bench.Box(new(0, -0.15 + (0.15 * i), Top - 0.02), new(length, 0.125, 0.035), plank);
        }

        foreach (double side in (ReadOnlySpan<double>)[-1, 1])
        {
            double x = side * ((length / 2) - 0.15);
            bench.Box(new(x, 0, 0.21), heldOut ? new Vec3(0.28, 0.4, 0.41) : new(0.06, 0.42, 0.41), frame);
            if (!heldOut)
            {
                bench.Box(new(x, -0.24, 0.62), new(0.05, 0.04, 0.42), frame);
            }
        }

        if (!heldOut)
        {
            bench.Box(new(0, -0.21, 0.62), new(length, 0.03, 0.1), plank).Box(new(0, -0.21, 0.76), new(length, 0.03, 0.1), plank);
        }

        return bench;
    }

    public static Assembly Sofa(Dice dice, Wardrobe wardrobe, bool heldOut)
    {
        Assembly sofa = new(SceneClass.Sofa);
        Material cloth = wardrobe.Any(0.25, 0.5), pillow = wardrobe.Any(0.15, 0.4);
        double width = dice.Between(0.6, 1.9), depth = dice.Between(0.78, 0.95), seat = dice.Between(0.38, 0.45), back = dice.Between(0.72, 0.92), arm = dice.Between(0.12, 0.2);
        double whole = width + (2 * arm);
        int cushions = Math.Max(1, (int)Math.Round(width / 0.65));
        sofa.Box(new(0, 0, seat / 2 - 0.02), new(whole, depth, seat - 0.12), cloth);
        for (int i = 0; i < cushions; i++)
        {
            double x = ((i + 0.5) / cushions - 0.5) * width, w = (width / cushions) - 0.015;
            sofa.Box(new(x, 0.08, seat - 0.05), new(w, depth - 0.2, 0.13), pillow with { Lie = Frame.At(new(i, 0, 0)) });
        }

        if (heldOut)
        {
            // Round arms and a round back.
            sofa.Capsule(new(-whole / 2, (-depth / 2) + 0.12, back - 0.12), new(whole / 2, (-depth / 2) + 0.12, back - 0.12), 0.12, cloth)
                .Box(new(0, (-depth / 2) + 0.12, back / 2 + 0.02), new(whole, 0.18, back - 0.2), cloth);
            foreach (double side in (ReadOnlySpan<double>)[-1, 1])
            {
                double x = side * ((whole - arm) / 2);
                sofa.Capsule(new(x, (-depth / 2) + 0.1, seat + 0.1), new(x, (depth / 2) - 0.08, seat + 0.1), arm * 0.55, cloth)
                    .Box(new(x, 0, seat / 2 + 0.04), new(arm, depth - 0.06, seat + 0.06), cloth);
            }
        }
        else
        {
            sofa.Box(new(0, (-depth / 2) + 0.1, (back + 0.1) / 2), new(whole, 0.2, back - 0.1), cloth);
            foreach (double side in (ReadOnlySpan<double>)[-1, 1])
            {
                sofa.Box(new(side * ((whole - arm) / 2), 0, (seat + 0.3) / 2), new(arm, depth, seat + 0.14), cloth);
            }
        }

        foreach ((double sx, double sy) in Tables.Corners)
        {
            sofa.Box(new(sx * ((whole / 2) - 0.06), sy * ((depth / 2) - 0.06), 0.04), new(0.06, 0.06, 0.08), cloth);
        }

        if (dice.Chance(0.5))
        {
            Frame tilted = Frame.Facing(new(dice.Between(-0.3, 0.3) * width, (-depth / 2) + 0.3, seat + 0.2), new(0, -0.5, 1), Vec3.Ahead);
            sofa.Egg(tilted, new(0.2, 0.08, 0.2), wardrobe.Any(0.1, 0.4));
        }

        return sofa;
    }

    private static void Legs(Assembly chair, double width, double radius, Material material, double slant)
    {
        double at = (width / 2) - radius;
        foreach ((double sx, double sy) in Tables.Corners)
        {
            chair.Frustum(new(sx * (at + slant), sy * (at + slant), 0), new(sx * at, sy * at, Top - 0.03), radius, radius, material);
        }
    }
}
