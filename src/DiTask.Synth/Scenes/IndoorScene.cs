using System.Numerics;
using DiTask.Synth.Geometry;
using DiTask.Synth.Shading;
using DiTask.Synth.Things;

namespace DiTask.Synth.Scenes;

/// <summary>A furnished room, seen from near one of its walls.</summary>
internal sealed class IndoorScene(Dice dice, bool heldOut)
{
    private const int Tries = 12;

    private readonly Wardrobe wardrobe = new(dice, heldOut);
    private readonly Stage stage = new();
    private double halfWidth;
    private double depth;
    private double height;
    private Camera camera = null!;

    public Scene Build()
    {
        (halfWidth, depth, height) = (dice.Between(2.0, 3.8), dice.Between(3.8, 7.5), dice.Between(2.4, 3.4));
        PlaceCamera();
        AddLights();
        PlacePeople();
        PlaceOpenings();
        PlaceFurniture();
        int solids = dice.From(1, 4);
        for (int i = 0; i < solids; i++)
        {
            PlaceSomewhere(Solids.Any(dice, wardrobe, heldOut, dice.Between(0.3, 0.85)), 1.4);
        }

        Vector3 wall = wardrobe.Quiet();
        Material walls = wardrobe.Calm(0.7, 0.55, wall);
        Material accent = dice.Chance(0.35) ? wardrobe.Calm(0.7, 0.4, dice.Chance(0.5) ? wardrobe.Quiet() : wardrobe.Color()) : walls;
        Material floor = wardrobe.Of(dice.Chance(0.25) ? TextureKind.Plain : dice.Pick<TextureKind>([.. Wardrobe.Kinds(heldOut)]), wardrobe.Quiet(), 0.5);
        floor = floor with { B = Vector3.Lerp(floor.A, floor.B, dice.Single(0.2, 0.7)), Gloss = dice.Single(0, 0.3) };
        Material ceiling = wardrobe.Calm(0.8, 0.8, Vector3.Lerp(wardrobe.Quiet(), new(0.8f), dice.Single(0.2, 0.9)));
        AddRug();
        AddPictures();
        float ambient = dice.Single(0.22, 0.5);
        return new Scene
        {
            Camera = camera,
            Primitives = stage.Primitives(),
            Objects = stage.Objects(),
            Lights = [.. stage.Lights],
            Room = (new(-halfWidth, 0, 0), new(halfWidth, depth, height)),
            Surfaces = [floor, ceiling, walls, dice.Chance(0.3) ? accent : walls, walls, accent],
            Decals = [.. stage.Decals],
            Sky = OutdoorScene.DrawSky(dice, wardrobe, new Vec3(0.4, 0.3, 0.8).Unit()),
            AmbientAbove = ambient * Vector3.Lerp(Vector3.One, wall, 0.3f),
            AmbientBelow = 0.6f * ambient * Vector3.Lerp(Vector3.One, floor.A, 0.4f),
            Fog = dice.Chance(0.15) ? dice.Between(0.01, 0.05) : 0,
            FogColor = new(0.6f),
            Film = SceneFactory.Film(dice),
        };
    }

    private void PlaceCamera()
    {
        Vec3 position = new(dice.Between(-0.7, 0.7) * (halfWidth - 0.3), dice.Between(0.25, 0.9), dice.Between(1.15, 1.85));
        Vec3 aim = new(dice.Between(-0.5, 0.5) * halfWidth, depth * dice.Between(0.6, 1), 0);
        double yaw = Math.Atan2(position.X - aim.X, aim.Y - position.Y) + dice.Between(-0.15, 0.15);
        camera = new(position, yaw, dice.Between(0.05, 0.3), dice.Between(-0.07, 0.07), dice.Between(0.96, 1.31), dice.Between(-0.12, 0.08));
        // A metre about the camera stays free, or something would fill the picture.
        stage.Block(new(position.X, position.Y, 0.75, 0.75, yaw));
    }

    private void AddLights()
    {
        int count = dice.From(1, 2);
        for (int i = 0; i < count; i++)
        {
            stage.Lights.Add(new Light
            {
                Position = new(dice.Between(-0.7, 0.7) * halfWidth, depth * (count == 1 ? dice.Between(0.2, 0.7) : 0.2 + (0.5 * i)), height - dice.Between(0.15, 0.4)),
                Radius = dice.Between(0.08, 0.4),
                Color = Tint() * (dice.Single(0.9, 1.5) / count),
                Reach = 2.2,
            });
        }
    }

    private Vector3 Tint() => Vector3.Lerp(new(1, 0.78f, 0.55f), new(0.85f, 0.93f, 1.05f), dice.Single(0.1, 1));

    // Places where people are seen from head to foot, or nearly so.
    private void PlacePeople()
    {
        if (!dice.Chance(SceneFactory.PeopleShare))
        {
            return;
        }

        int count = dice.Chance(0.3) ? 2 : 1;
        for (int i = 0; i < count; i++)
        {
            bool sits = dice.Chance(0.25);
            Assembly person = sits ? Person.Sitting(dice, wardrobe) : Person.Standing(dice, wardrobe);
            for (int attempt = 0; attempt < Tries; attempt++)
            {
                (Vec3 at, double towards) = InView(1.6, 3.5, 0.36);
                double angle = towards + (dice.Chance(0.7) ? dice.Between(-1.3, 1.3) : dice.Between(-Math.PI, Math.PI));
                if (IsInside(Stage.FootprintOf(person, Frame.Turned(at, angle), angle), 0.05) && stage.TryPlace(person, at, angle, 0.02))
                {
                    if (sits)
                    {
                        Assembly seat = dice.Chance(0.7) ? Seats.Chair(dice, wardrobe, heldOut) : Stool();
                        stage.Put(seat, Frame.Turned(at, angle));
                    }

                    break;
                }
            }
        }
    }

    private Assembly Stool() => new Assembly(SceneClass.Box).Box(new(0, -0.02, Person.SeatHeight / 2), new(0.45, 0.42, Person.SeatHeight), wardrobe.Any(0.2, 0.3));

    // A place the camera sees, and the angle at which a thing there looks at the camera.
    private (Vec3 At, double Towards) InView(double near, double far, double spread)
    {
        double away = dice.Between(near, far), angle = camera.Yaw + (camera.FieldOfView * dice.Between(-spread, spread));
        (double sin, double cos) = Math.SinCos(angle);
        return (new(camera.Position.X - (away * sin), camera.Position.Y + (away * cos), 0), angle + Math.PI);
    }

    private bool IsInside(Footprint area, double gap)
    {
        (double x, double y) = area.Reach();
        return Math.Abs(area.X) + x + gap < halfWidth && area.Y - y - gap > 0 && area.Y + y + gap < depth;
    }

    private bool PlaceSomewhere(Assembly thing, double near)
    {
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            (Vec3 at, _) = InView(near, depth, 0.55);
            if (TryAt(thing, at, dice.Between(-Math.PI, Math.PI)))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryAt(Assembly thing, Vec3 at, double angle) =>
        thing.Most.Z < height && IsInside(Stage.FootprintOf(thing, Frame.Turned(at, angle), angle), 0.02) && stage.TryPlace(thing, at, angle);

    // Against the left, right or far wall, looking into the room.
    private bool PlaceAtWall(Assembly thing)
    {
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            int wall = dice.Below(4);
            double back = -thing.Least.Y + dice.Between(0.02, 0.08), along = dice.Next();
            (Vec3 at, double angle) = wall switch
            {
                0 => (new Vec3(-halfWidth + back, depth * along, 0), -Math.PI / 2),
                1 => (new Vec3(halfWidth - back, depth * along, 0), Math.PI / 2),
                _ => (new Vec3(halfWidth * ((2 * along) - 1), depth - back, 0), Math.PI),
            };
            if (TryAt(thing, at, angle))
            {
                return true;
            }
        }

        return false;
    }

    private void PlaceOpenings()
    {
        int count = dice.From(0, 3);
        for (int i = 0; i < count; i++)
        {
            bool isDoor = dice.Chance(0.45);
            Assembly opening = isDoor ? Openings.Door(dice, wardrobe, heldOut) : Openings.Window(dice, wardrobe, heldOut, height);
            if (PlaceAtWall(opening) && !isDoor && dice.Chance(0.6))
            {
                SceneObject last = stage.Objects()[^1];
                // Daylight comes in without shadows of the frame itself.
                stage.Lights.Add(new Light
                {
                    Position = last.Center + (0.35 * last.Frame.Y),
                    Radius = 0.5,
                    Color = new Vector3(0.8f, 0.9f, 1) * dice.Single(0.3, 0.9),
                    Reach = 2,
                    Holder = stage.ObjectCount - 1,
                });
            }
        }
    }

    private void PlaceFurniture()
    {
        switch (dice.Below(4))
        {
            case 0:
                PlaceAtWall(Seats.Sofa(dice, wardrobe, heldOut));
                PlaceSet(low: true, chairs: dice.Below(2));
                break;
            case 1:
                PlaceSet(low: false, chairs: dice.From(1, 4));
                break;
            case 2:
                PlaceAtWall(Storage.Build(dice, wardrobe, heldOut));
                PlaceSet(low: false, chairs: dice.From(0, 2));
                break;
            default:
                PlaceSomewhere(Seats.Sofa(dice, wardrobe, heldOut), 1.7);
                break;
        }

        int more = dice.From(1, 4);
        for (int i = 0; i < more; i++)
        {
            switch (dice.Below(7))
            {
                case 0 or 1:
                    PlaceAtWall(Storage.Build(dice, wardrobe, heldOut));
                    break;
                case 2:
                    PlaceSomewhere(Seats.Chair(dice, wardrobe, heldOut), 1.4);
                    break;
                case 3:
                    PlaceLamp(default, dice.Between(1.3, 1.8), Frame.World);
                    break;
                case 4:
                    PlaceAtWall(Trees.Potted(dice, wardrobe, heldOut));
                    break;
                case 5:
                    PlaceAtWall(Seats.Sofa(dice, wardrobe, heldOut));
                    break;
                default:
                    PlaceSomewhere(Tables.Build(dice, wardrobe, heldOut).Table, 1.6);
                    break;
            }
        }
    }

    // A table with chairs that look at it and small things on it.
    private void PlaceSet(bool low, int chairs)
    {
        (Assembly table, double top) = Tables.Build(dice, wardrobe, heldOut, low);
        if (!PlaceSomewhere(table, 1.6))
        {
            return;
        }

        Frame frame = stage.Objects()[^1].Frame;
        double angle = Math.Atan2(frame.X.Y, frame.X.X);
        int things = dice.From(0, 3);
        for (int i = 0; i < things; i++)
        {
            double x = table.Most.X * 0.55 * (i - 1), y = table.Most.Y * dice.Between(-0.4, 0.4);
            Frame spot = Frame.Turned(frame.ToWorld(new(x, y, top)), dice.Between(-Math.PI, Math.PI));
            if (!low && dice.Chance(0.25))
            {
                PlaceLamp(spot.Origin, dice.Between(0.38, 0.55), spot);
            }
            else
            {
                stage.Put(Solids.Any(dice, wardrobe, heldOut, dice.Between(0.1, 0.22)), spot);
            }
        }

        for (int i = 0; i < chairs; i++)
        {
            Assembly chair = Seats.Chair(dice, wardrobe, heldOut);
            double side = i % 2 == 0 ? 1 : -1;
            double x = chairs > 2 ? table.Most.X * (i < 2 ? -0.45 : 0.45) : table.Most.X * dice.Between(-0.3, 0.3);
            Vec3 at = frame.ToWorld(new(x, side * (table.Most.Y + dice.Between(0.3, 0.45)), 0));
            TryAt(chair, at, angle + (side > 0 ? Math.PI : 0) + dice.Between(-0.2, 0.2));
        }
    }

    private void PlaceLamp(Vec3 at, double tall, in Frame spot)
    {
        (Assembly lamp, Vec3 bulb) = Lamps.Standing(dice, wardrobe, heldOut, tall);
        if (at == default)
        {
            if (!PlaceSomewhere(lamp, 1.4))
            {
                return;
            }
        }
        else
        {
            stage.Put(lamp, spot);
        }

        if (bulb.Z > 0)
        {
            Vec3 position = stage.Objects()[^1].Frame.ToWorld(bulb);
            stage.Lights.Add(new Light { Position = position, Radius = 0.1, Color = new Vector3(1, 0.75f, 0.45f) * dice.Single(0.25, 0.6), Reach = 1, Holder = stage.ObjectCount - 1 });
        }
    }

    private void AddRug()
    {
        if (dice.Chance(0.45))
        {
            (Vec3 at, _) = InView(1.5, depth, 0.3);
            stage.Decals.Add(new(Surface.Ground, Frame.Turned(at, dice.Chance(0.7) ? 0 : dice.Between(-1, 1)), dice.Between(0.6, 1.3), dice.Between(0.8, 1.6), wardrobe.Any(0.3, 0.1)));
        }
    }

    private void AddPictures()
    {
        int count = dice.From(0, 4);
        for (int i = 0; i < count; i++)
        {
            int wall = dice.Pick<int>([Surface.FirstWall, Surface.FirstWall - 1, Surface.FirstWall - 3, Surface.FirstWall - 3]);
            double along = dice.Between(0.1, 0.9), z = dice.Between(1.35, 1.9);
            Vec3 middle = wall == Surface.FirstWall ? new(-halfWidth, depth * along, z)
                : wall == Surface.FirstWall - 1 ? new(halfWidth, depth * along, z)
                : new(halfWidth * ((1.8 * along) - 0.9), depth, z);
            Frame frame = Frame.Facing(middle, Scene.BackdropNormal(wall), Vec3.Up);
            double w = dice.Between(0.18, 0.6), h = dice.Between(0.18, 0.45);
            stage.Decals.Add(new(wall, frame, w, h, Material.Plain(wardrobe.Color())));
            stage.Decals.Add(new(wall, frame, w - 0.03, h - 0.03, wardrobe.Any(0.35, 0.1)));
        }
    }
}
