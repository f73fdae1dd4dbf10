using System.Numerics;
using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Things;

/// <summary>Cars, trucks, vans and buses. They look along y.</summary>
internal static class Vehicles
{
    public static Assembly Build(Dice dice, Wardrobe wardrobe, bool heldOut) => (heldOut, dice.Below(3)) switch
    {
        (false, 0) => Car(dice, wardrobe, hatch: false),
        (false, 1) => Car(dice, wardrobe, hatch: true),
        (false, _) => Truck(dice, wardrobe),
        (true, 0) => Pickup(dice, wardrobe),
        (true, 1) => Van(dice, wardrobe, length: 4.6, height: 2.0),
        (true, _) => Van(dice, wardrobe, length: 7.5, height: 2.9),
    };

    private static Assembly Car(Dice dice, Wardrobe wardrobe, bool hatch)
    {
        Assembly car = new(SceneClass.Vehicle);
        Material paint = Paint(dice, wardrobe), glass = Glass();
        double half = dice.Between(0.82, 0.92), tall = dice.Between(0.95, hatch ? 1.25 : 1.05);
        double back = hatch ? -1.85 : -2.15;
        Body(car, half, [(back + 0.05, 0.24), (1.95, 0.24), (2.12, 0.4), (2.08, 0.68), (1.0, 0.88 * tall), (back + 0.1, 0.9 * tall), (back, 0.6)], paint, 0.08, 0.5);
        double roof = 1.42 * tall, belt = 0.85 * tall;
        double rear = hatch ? back + 0.05 : -1.75, rearTop = hatch ? back + 0.4 : -1.1;
        Body(car, half - 0.05, [(rear, belt), (1.05, belt), (0.25, roof), (rearTop, roof)], glass, 0.28, belt);
        double top = half - 0.05 - (0.28 * (roof - belt));
        car.Box(new(0, (0.25 + rearTop) / 2, roof), new(2 * top + 0.01, 0.3 - rearTop, 0.05), paint);
        foreach (double y in (ReadOnlySpan<double>)[rearTop + 0.05, -0.35])
        {
            // Pillars between the windows.
            foreach (double side in (ReadOnlySpan<double>)[-1, 1])
            {
                car.Capsule(new(side * (half - 0.05), y - 0.05, belt), new(side * top, y, roof), 0.035, paint);
            }
        }

        Wheels(car, dice, half, 0.3, [back + 0.75, 1.35]);
        Lights(car, half - 0.2, 2.08, 0.6, back, 0.68);
        car.Box(new(0, 2.1, 0.38), new(1.5 * half, 0.12, 0.14), Dark()).Box(new(0, back, 0.42), new(1.6 * half, 0.12, 0.14), Dark());
        return car;
    }

    private static Assembly Truck(Dice dice, Wardrobe wardrobe)
    {
        Assembly truck = new(SceneClass.Vehicle);
        Material paint = Paint(dice, wardrobe), cargo = wardrobe.Any(0.8, 0.5), dark = Dark();
        double half = dice.Between(1.0, 1.15), length = dice.Between(3, 4.2), height = dice.Between(2.5, 3.1), back = 0.9 - length;
        truck.Box(new(0, (back + 0.9) / 2, (height + 0.95) / 2), new(2 * half, length, height - 0.95), cargo);
        truck.Box(new(0, (back + 2.4) / 2, 0.75), new(1.4 * half, 2.4 - back, 0.3), dark);
        Body(truck, half - 0.05, [(1.0, 0.55), (2.6, 0.55), (2.65, 1.3), (2.3, 2.15), (1.0, 2.2)], paint, 0.03, 1);
        Body(truck, 0.86 * half, [(2.46, 2.03), (2.32, 2.03), (2.55, 1.4), (2.66, 1.38)], Glass(), 0, 0);
        foreach (double side in (ReadOnlySpan<double>)[-1, 1])
        {
            truck.Box(new(side * (half - 0.05), 1.85, 1.7), new(0.04, 0.75, 0.55), Glass());
        }

        Wheels(truck, dice, half, 0.42, length > 3.6 ? [back + 0.6, back + 1.5, 1.9] : [back + 0.9, 1.9]);
        Lights(truck, half - 0.25, 2.63, 0.8, back, 0.8);
        return truck;
    }

    private static Assembly Pickup(Dice dice, Wardrobe wardrobe)
    {
        Assembly car = new(SceneClass.Vehicle);
        Material paint = Paint(dice, wardrobe);
        const double Half = 0.95, Back = -2.6;
        Body(car, Half, [(Back + 0.6, 0.4), (2.3, 0.4), (2.4, 0.6), (2.35, 0.95), (1.1, 1.1), (-0.9, 1.1), (Back + 1.4, 0.7)], paint, 0.04, 0.6);
        car.Box(new(0, (Back - 0.9) / 2, 0.62), new(2 * Half, -0.9 - Back, 0.12), paint).Box(new(0, Back, 0.85), new(2 * Half, 0.06, 0.5), paint);
        foreach (double side in (ReadOnlySpan<double>)[-1, 1])
        {
            car.Box(new(side * (Half - 0.04), (Back - 0.9) / 2, 0.8), new(0.08, -0.9 - Back, 0.5), paint);
        }

        Body(car, Half - 0.06, [(-0.85, 1.05), (1.15, 1.05), (0.5, 1.72), (-0.75, 1.75)], Glass(), 0.2, 1.05);
        car.Box(new(0, -0.13, 1.74), new(2 * (Half - 0.2), 1.3, 0.05), paint);
        Wheels(car, dice, Half, 0.38, [-1.7, 1.55]);
        Lights(car, 0.72, 2.34, 0.82, Back, 0.9);
        return car;
    }

    private static Assembly Van(Dice dice, Wardrobe wardrobe, double length, double height)
    {
        Assembly van = new(SceneClass.Vehicle);
        Material paint = Paint(dice, wardrobe);
        double half = height > 2.5 ? 1.2 : 0.95, back = -length / 2, front = length / 2, belt = 0.52 * height, roof = 0.9 * height;
        Body(van, half, [(back, 0.35), (front - 0.1, 0.35), (front, 0.6), (front - (0.06 * height), belt), (front - (0.22 * height), height), (back, height)], paint, 0.02, 1);
        double low = front - (0.055 * height), high = front - (0.18 * height);
        Body(van, 0.88 * half, [(high, roof), (high - 0.2, roof), (low - 0.2, belt), (low, belt)], Glass(), 0, 0);
        double window = (roof - belt) * 0.85;
        for (double y = front - (0.25 * height) - 0.6; y > back + 0.5; y -= 1.15)
        {
            van.Box(new(0, y, (belt + roof) / 2), new((2 * half) + 0.01, 0.95, window), Glass());
        }

        Wheels(van, dice, half, height > 2.5 ? 0.45 : 0.34, [back + (0.2 * length), front - (0.2 * length)]);
        Lights(van, half - 0.25, front - 0.03, 0.7, back, 0.9);
        return van;
    }

    private static void Body(Assembly car, double half, ReadOnlySpan<(double Y, double Z)> outline, Material material, double lean, double leanFrom)
    {
        double y0 = double.MaxValue, y1 = double.MinValue, z0 = double.MaxValue, z1 = double.MinValue;
        foreach ((double y, double z) in outline)
        {
            (y0, y1, z0, z1) = (Math.Min(y0, y), Math.Max(y1, y), Math.Min(z0, z), Math.Max(z1, z));
        }

        double my = (y0 + y1) / 2, mz = (z0 + z1) / 2;
        (double, double)[] about = new (double, double)[outline.Length];
        for (int i = 0; i < about.Length; i++)
        {
            about[i] = (outline[i].Y - my, outline[i].Z - mz);
        }

        double widest = half + (lean * Math.Max(leanFrom - z0, 0));
        car.Hull(Frame.At(new(0, my, mz)), new(widest, (y1 - y0) / 2, (z1 - z0) / 2), Hull.Extrude(half, about, lean, leanFrom - mz), material);
    }

    private static void Wheels(Assembly car, Dice dice, double half, double radius, ReadOnlySpan<double> axles)
    {
        Material rim = Material.Plain(new Vector3(dice.Single(0.2, 0.7)), 0.5f), tyre = Material.Plain(new(0.02f, 0.02f, 0.022f));
        foreach (double y in axles)
        {
            foreach (double side in (ReadOnlySpan<double>)[-1, 1])
            {
                car.Frustum(new(side * (half - 0.2), y, radius), new(side * (half + 0.02), y, radius), radius, radius, tyre)
                    .Frustum(new(side * (half - 0.1), y, radius), new(side * (half + 0.03), y, radius), 0.6 * radius, 0.55 * radius, rim);
            }
        }
    }

    private static void Lights(Assembly car, double x, double front, double frontHeight, double back, double backHeight)
    {
        foreach (double side in (ReadOnlySpan<double>)[-1, 1])
        {
            car.Egg(Frame.At(new(side * x, front - 0.03, frontHeight)), new(0.15, 0.07, 0.08), Material.Glow(new(0.9f, 0.9f, 0.8f), 0.3f))
                .Egg(Frame.At(new(side * x, back + 0.02, backHeight)), new(0.12, 0.06, 0.1), Material.Glow(new(0.6f, 0.05f, 0.03f), 0.3f));
        }
    }

    private static Material Paint(Dice dice, Wardrobe wardrobe) =>
        dice.Chance(0.85) ? Material.Plain(wardrobe.Color(), 0.8f) : wardrobe.Any(0.6, 0) with { Gloss = 0.6f };

    private static Material Glass() => Material.Plain(new(0.03f, 0.04f, 0.05f), 1);

    private static Material Dark() => Material.Plain(new(0.04f, 0.04f, 0.045f), 0.1f);
}
