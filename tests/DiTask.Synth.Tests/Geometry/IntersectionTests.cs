using System.Numerics;
using DiTask.Model.Data;
using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Tests.Geometry;

public sealed class IntersectionTests
{
    private const double Exact = 1e-7;

    public static TheoryData<string> Kinds => [.. Enum.GetNames<ShapeKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Enter_RandomRays_StopWhereTheSolidBegins(string name)
    {
        Dice dice = new(new CounterRandom(5, RandomPurpose.Scene, 0, (long)Enum.Parse<ShapeKind>(name)));
        int hits = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            Primitive solid = Random(Enum.Parse<ShapeKind>(name), dice);
            Vec3 origin = new(dice.Between(-3, 3), dice.Between(-3, 3), dice.Between(2, 4));
            Vec3 aim = new(dice.Between(-0.8, 0.8), dice.Between(-0.8, 0.8), dice.Between(-0.8, 0.8));
            Vec3 direction = (aim - origin).Unit();

            double t = Intersection.Enter(solid, origin, direction, 1e-6);

            double end = Math.Min(t, 8);
            for (double before = 0; before < end - 1e-3; before += 0.01)
            {
                Assert.True(Implicit.Distance(solid, origin + (before * direction)) > -Exact, $"{name} {trial}: inside at {before}, entered at {t}");
            }

            if (t < 8)
            {
                hits++;
                Vec3 point = origin + (t * direction), normal = SurfaceNormal.At(solid, point);
                Assert.InRange(Math.Abs(Implicit.Distance(solid, point)), 0, Exact);
                Assert.InRange((point - solid.Frame.Origin).Length, 0, solid.Radius + Exact);
                Assert.True(Vec3.Dot(normal, direction) < 1e-6, $"{name} {trial}: the normal looks away");
                Assert.True(Implicit.Distance(solid, point + (1e-4 * normal)) > 0, $"{name} {trial}: the normal points inwards");
            }
        }

        Assert.InRange(hits, 60, 290);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void HalfExtent_RandomSolids_HoldsEveryHit(string name)
    {
        Dice dice = new(new CounterRandom(6, RandomPurpose.Scene, 0, (long)Enum.Parse<ShapeKind>(name)));
        for (int trial = 0; trial < 300; trial++)
        {
            Primitive solid = Random(Enum.Parse<ShapeKind>(name), dice);
            Vec3 origin = new(dice.Between(-3, 3), dice.Between(-3, 3), dice.Between(2, 4)), half = solid.HalfExtent();
            double t = Intersection.Enter(solid, origin, (solid.Frame.Origin - origin).Unit(), 0);
            Vec3 off = origin + (t * (solid.Frame.Origin - origin).Unit()) - solid.Frame.Origin;
            Assert.True(t < 10 && Math.Abs(off.X) <= half.X + Exact && Math.Abs(off.Y) <= half.Y + Exact && Math.Abs(off.Z) <= half.Z + Exact, $"{name} {trial}");
        }
    }

    private static Primitive Random(ShapeKind kind, Dice dice)
    {
        Frame frame = dice.Rotation(new(dice.Between(-0.5, 0.5), dice.Between(-0.5, 0.5), dice.Between(-0.5, 0.5)));
        Material material = Material.Plain(Vector3.One);
        double a = dice.Between(0.2, 0.8), b = dice.Between(0.2, 0.8), c = dice.Between(0.2, 0.8);
        Assembly thing = new(SceneClass.Box);
        thing = kind switch
        {
            ShapeKind.Sphere => thing.Ball(frame.Origin, a, material),
            ShapeKind.Ellipsoid => thing.Egg(frame, new(a, b, c), material),
            ShapeKind.Capsule => thing.Capsule(frame.Origin - (b * frame.Z), frame.Origin + (b * frame.Z), a, material),
            ShapeKind.Frustum => thing.Frustum(frame.Origin - (c * frame.Z), frame.Origin + (c * frame.Z), a, dice.Chance(0.3) ? 0.001 : b, material),
            ShapeKind.Box => thing.Box(frame, 2 * new Vec3(a, b, c), material),
            _ => dice.Chance(0.5)
                ? thing.Hull(frame, new(a, b, c), Hull.Extrude(a, [(-b, -c), (b, -c), (0.4 * b, c), (-0.7 * b, c)], 0.1), material)
                : thing.Hull(frame, new(a, a, c), Hull.Pyramid(4, a / Math.Sqrt(2), c), material),
        };
        return thing.Parts[0];
    }
}
