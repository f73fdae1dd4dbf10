using System.Numerics;
using DiTask.Synth.Geometry;
using DiTask.Synth.Shading;
using DiTask.Synth.Things;

namespace DiTask.Synth.Scenes;

/// <summary>A street, a square or a meadow.</summary>
internal sealed class OutdoorScene(Dice dice, bool heldOut)
{
    private const int Tries = 14;

    private readonly Wardrobe wardrobe = new(dice, heldOut);
    private readonly Stage stage = new();
    private Camera camera = null!;
    private double road;
    private double roadMiddle;

    public Scene Build()
    {
        bool isStreet = dice.Chance(0.65);
        road = isStreet ? dice.Between(2.6, 4) : 0;
        Vec3 position = new(0, 0, dice.Chance(0.2) ? dice.Between(2.2, 3.6) : dice.Between(1.2, 1.9));
        camera = new(position, dice.Between(-0.45, 0.45), dice.Between(0, 0.17) + (position.Z > 2 ? 0.12 : 0), dice.Between(-0.06, 0.06), dice.Between(0.96, 1.31), dice.Between(-0.12, 0.08));
        stage.Block(new(0, 0, 0.9, 0.9, camera.Yaw));
        roadMiddle = dice.Between(-1, 1) * (road + 1);
        PlacePeople(close: true);
        PlaceHouses(isStreet);
        if (isStreet)
        {
            PlaceStreet();
        }
        else
        {
            PlaceSquare();
        }

        PlacePeople(close: false);
        int solids = dice.From(1, 4);
        for (int i = 0; i < solids; i++)
        {
            TrySomewhere(Solids.Any(dice, wardrobe, heldOut, dice.Between(0.4, 1.1)), 2.2, 9);
        }

        return Finish();
    }

    public static Sky DrawSky(Dice dice, Wardrobe wardrobe, Vec3 sun)
    {
        Vector3 zenith = wardrobe.Near(0.6, 0.45, 0.75, 0.75);
        return new Sky
        {
            Zenith = zenith,
            Horizon = Vector3.Lerp(zenith, Vector3.Lerp(Vector3.One, wardrobe.Near(0.09, 0.4, 0.95, 0.5), dice.Single(0, 0.5)), dice.Single(0.5, 0.9)),
            Cloud = Vector3.Lerp(Vector3.One, zenith, dice.Single(0, 0.5)) * dice.Single(0.5, 1),
            Cover = dice.Single(0, 1),
            Shift = dice.Between(0, 100),
            Sun = sun,
        };
    }

    private Scene Finish()
    {
        double bearing = dice.Between(-Math.PI, Math.PI), altitude = dice.Between(0.25, 1.2);
        Vec3 sun = new(Math.Cos(altitude) * Math.Sin(bearing), Math.Cos(altitude) * Math.Cos(bearing), Math.Sin(altitude));
        Sky sky = DrawSky(dice, wardrobe, sun);
        float strength = dice.Chance(0.25) ? dice.Single(0.15, 0.5) : dice.Single(1, 2.2);
        Vector3 tint = Vector3.Lerp(new(1, 0.7f, 0.45f), new(1, 0.96f, 0.9f), (float)Math.Clamp(1.6 * altitude, 0, 1));
        stage.Lights.Add(new Light { Position = sun, IsSun = true, Radius = strength < 0.5 ? 0.3 : dice.Between(0.01, 0.06), Color = strength * tint });
        Material ground = wardrobe.Of(dice.Chance(0.7) ? TextureKind.Noise : dice.Pick<TextureKind>([.. Wardrobe.Kinds(heldOut)]), wardrobe.Near(0.25, 0.4, 0.45, 0.35), 0.9);
        ground = ground with { B = Vector3.Lerp(ground.A, ground.B, dice.Single(0.2, 0.7)) };
        return new Scene
        {
            Camera = camera,
            Primitives = stage.Primitives(),
            Objects = stage.Objects(),
            Lights = [.. stage.Lights],
            Room = null,
            Surfaces = [ground],
            Decals = [.. stage.Decals],
            Sky = sky,
            AmbientAbove = dice.Single(0.25, 0.5) * Vector3.Lerp(sky.Zenith, sky.Horizon, 0.5f),
            AmbientBelow = 0.25f * Vector3.Lerp(Vector3.One, ground.A, 0.5f),
            Fog = dice.Chance(0.2) ? dice.Between(0.012, 0.035) : dice.Between(0.001, 0.008),
            FogColor = sky.Horizon,
            Film = SceneFactory.Film(dice),
        };
    }

    private void PlacePeople(bool close)
    {
        if (!dice.Chance(close ? SceneFactory.PeopleShare : 0.35))
        {
            return;
        }

        int count = close && dice.Chance(0.7) ? 1 : 2;
        for (int i = 0; i < count; i++)
        {
            TrySomewhere(Person.Standing(dice, wardrobe), close ? 1.8 : 4, close ? 3.6 : 14, close ? 0.34 : 0.5);
        }
    }

    private void PlaceHouses(bool isStreet)
    {
        double near = isStreet ? road + dice.Between(2.2, 4.5) : dice.Between(9, 16);
        foreach (double side in (ReadOnlySpan<double>)[-1, 1])
        {
            if (dice.Chance(isStreet ? 0.12 : 0.4))
            {
                continue;
            }

            for (double y = dice.Between(-4, 3); y < 48;)
            {
                double length = dice.Between(6, 13), deep = dice.Between(6, 9);
                Assembly house = Houses.Build(dice, wardrobe, heldOut, length, deep);
                Vec3 at = new(roadMiddle + (side * (near + (deep / 2) + dice.Between(0, 1.2))), y + (length / 2), 0);
                stage.TryPlace(house, at, side > 0 ? Math.PI / 2 : -Math.PI / 2, 0);
                y += length + (dice.Chance(0.5) ? 0.1 : dice.Between(0.6, 7));
            }
        }

        if (dice.Chance(0.6))
        {
            // Something at the end, or every street would run into the horizon.
            for (double x = -30; x < 30;)
            {
                double length = dice.Between(7, 14);
                stage.TryPlace(Houses.Build(dice, wardrobe, heldOut, length, 8), new(x + (length / 2), dice.Between(50, 53), 0), Math.PI, 0);
                x += length + dice.Between(0.1, 5);
            }
        }
    }

    private void PlaceStreet()
    {
        Material asphalt = wardrobe.Of(TextureKind.Noise, wardrobe.Near(0.6, 0.08, 0.35, 0.5), 0.3);
        asphalt = asphalt with { B = asphalt.A * dice.Single(0.6, 1.3) };
        Material pavement = wardrobe.Calm(0.5, 0.3, wardrobe.Quiet());
        Frame along = Frame.At(new(roadMiddle, 28, 0));
        stage.Decals.Add(new(Surface.Ground, along, road + dice.Between(1.2, 2.4), 60, pavement));
        stage.Decals.Add(new(Surface.Ground, along, road, 60, asphalt));
        Material paint = Material.Plain(new Vector3(0.75f) * dice.Single(0.6, 1.2));
        for (double y = dice.Between(-2, 1); y < 45; y += 5)
        {
            stage.Decals.Add(new(Surface.Ground, Frame.At(new(roadMiddle, y, 0)), 0.07, 1.3, paint));
        }

        int cars = dice.From(1, 4);
        for (int i = 0; i < cars; i++)
        {
            Assembly car = Vehicles.Build(dice, wardrobe, heldOut);
            for (int attempt = 0; attempt < Tries; attempt++)
            {
                double side = dice.Sign(), parked = dice.Chance(0.5) ? road - 0.95 : road / 2;
                Vec3 at = new(roadMiddle + (side * parked), dice.Between(3.5, 24), 0);
                double angle = (side > 0 ? 0 : Math.PI) + dice.Between(-0.06, 0.06);
                if (IsVisible(at, 0.5) && stage.TryPlace(car, at, angle, 0.25))
                {
                    break;
                }
            }
        }

        PlaceRow(() => Lamps.Street(dice, wardrobe, heldOut), dice.From(0, 3), road + 0.5);
        PlaceRow(() => Trees.Tree(dice, wardrobe, heldOut), dice.From(0, 4), road + 1.4);
        PlaceRow(() => Seats.Bench(dice, wardrobe, heldOut), dice.From(0, 1), road + 1.2);
    }

    private void PlaceRow(Func<Assembly> make, int count, double aside)
    {
        for (int i = 0; i < count; i++)
        {
            Assembly thing = make();
            double side = dice.Sign();
            for (int attempt = 0; attempt < Tries / 2; attempt++)
            {
                Vec3 at = new(roadMiddle + (side * aside), dice.Between(3, 26), 0);
                if (stage.TryPlace(thing, at, side > 0 ? Math.PI / 2 : -Math.PI / 2, 0.1))
                {
                    break;
                }
            }
        }
    }

    private void PlaceSquare()
    {
        if (dice.Chance(0.5))
        {
            stage.Decals.Add(new(Surface.Ground, Frame.Turned(new(0, dice.Between(4, 9), 0), dice.Between(-0.6, 0.6)), dice.Between(2, 5), dice.Between(4, 9), wardrobe.Calm(0.8, 0.2, wardrobe.Quiet())));
        }

        int trees = dice.From(2, 7);
        for (int i = 0; i < trees; i++)
        {
            TrySomewhere(dice.Chance(0.3) ? Trees.Bush(dice, wardrobe) : Trees.Tree(dice, wardrobe, heldOut), 4.5, 26);
        }

        int benches = dice.From(0, 2);
        for (int i = 0; i < benches; i++)
        {
            TrySomewhere(Seats.Bench(dice, wardrobe, heldOut), 2.6, 8);
        }

        if (dice.Chance(0.6))
        {
            TrySomewhere(Vehicles.Build(dice, wardrobe, heldOut), 6, 16);
        }

        if (dice.Chance(0.35))
        {
            TrySomewhere(Lamps.Street(dice, wardrobe, heldOut), 4, 12);
        }

        if (dice.Chance(0.4))
        {
            TrySomewhere(Tables.Build(dice, wardrobe, heldOut).Table, 2.6, 7);
        }
    }

    private bool TrySomewhere(Assembly thing, double near, double far, double spread = 0.5)
    {
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            double away = dice.Between(near, far), angle = camera.Yaw + (camera.FieldOfView * dice.Between(-spread, spread));
            (double sin, double cos) = Math.SinCos(angle);
            if (stage.TryPlace(thing, new(-away * sin, away * cos, 0), dice.Between(-Math.PI, Math.PI), 0.08))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsVisible(Vec3 at, double spread) =>
        Math.Abs(Math.IEEERemainder(Math.Atan2(-at.X, at.Y) - camera.Yaw, 2 * Math.PI)) < spread * camera.FieldOfView;
}
