using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Tests.Scenes;

public sealed class SceneFactoryTests
{
    private const int Count = 60;

    [Fact]
    public void Create_HeldOutSplits_ShareNoPatternWithTraining()
    {
        HashSet<TextureKind> train = Patterns(SynthSplit.Train), val = Patterns(SynthSplit.Val), test = Patterns(SynthSplit.Test);

        Assert.Equal(val, test);
        // Bark and leaves, asphalt and meadow are noise everywhere; one colour is no pattern.
        Assert.Equal([TextureKind.Plain, TextureKind.Noise], train.Intersect(val).Order());
        Assert.True(train.Count >= 8 && val.Count >= 8);
    }

    [Fact]
    public void Create_ManyScenes_PeopleStandOnTheGroundAndFitTheRoom()
    {
        for (int index = 0; index < Count; index++)
        {
            Scene scene = SceneFactory.Create(1, SynthSplit.Train, index, World.Both);
            foreach (SceneObject person in scene.Objects.Where(thing => thing.Class == SceneClass.Person))
            {
                double lowest = scene.Primitives.Skip(person.First).Take(person.Count).Min(solid => solid.Frame.Origin.Z - solid.HalfExtent().Z);
                Assert.InRange(lowest, -0.05, 0.05);
            }
        }
    }

    [Fact]
    public void Create_ManyScenes_NothingStandsInTheCamera()
    {
        for (int index = 0; index < Count; index++)
        {
            Scene scene = SceneFactory.Create(1, SynthSplit.Val, index, World.Both);
            Vec3 eye = scene.Camera.Position;

            Assert.All(scene.Primitives, solid => Assert.True(Geometry.Implicit.Distance(solid, eye) > 0.1));
        }
    }

    [Fact]
    public void Create_Rooms_HoldEverythingInThem()
    {
        const double Slack = 0.05;
        for (int index = 0; index < Count; index++)
        {
            Scene scene = SceneFactory.Create(1, SynthSplit.Train, index, World.Indoor);
            (Vec3 least, Vec3 most) = scene.Room!.Value;
            foreach (Primitive solid in scene.Primitives)
            {
                Vec3 half = solid.HalfExtent(), low = solid.Frame.Origin - half, high = solid.Frame.Origin + half;
                Assert.True(
                    low.X > least.X - Slack && low.Y > least.Y - Slack && low.Z > -Slack && high.X < most.X + Slack && high.Y < most.Y + Slack && high.Z < most.Z + Slack,
                    $"scene {index}: a {scene.Objects[solid.Object].Class} leaves the room");
            }
        }
    }

    private static HashSet<TextureKind> Patterns(SynthSplit split) =>
    [
        .. Enumerable.Range(0, Count).Select(index => SceneFactory.Create(1, split, index, World.Both)).SelectMany(scene =>
            scene.Primitives.Select(solid => solid.Material.Kind).Concat(scene.Surfaces.Select(material => material.Kind)).Concat(scene.Decals.Select(decal => decal.Material.Kind))),
    ];
}
