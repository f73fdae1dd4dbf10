using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Tests.Rendering;

public sealed class SceneRendererTests
{
    [Fact]
    public void Render_SameAddressOnManyThreads_SameBytes()
    {
        SceneRenderer renderer = new();
        byte[][] alone = [.. Enumerable.Range(0, 8).Select(index => Bytes(renderer, 9, SynthSplit.Train, index))];

        byte[][] together = new byte[32][];
        Parallel.For(0, together.Length, i => together[i] = Bytes(renderer, 9, SynthSplit.Train, i % 8));

        Assert.All(Enumerable.Range(0, together.Length), i => Assert.Equal(alone[i % 8], together[i]));
    }

    [Fact]
    public void Render_OtherSeedSplitOrIndex_OtherPicture()
    {
        SceneRenderer renderer = new();
        byte[][] pictures = [Bytes(renderer, 9, SynthSplit.Train, 0), Bytes(renderer, 10, SynthSplit.Train, 0), Bytes(renderer, 9, SynthSplit.Val, 0), Bytes(renderer, 9, SynthSplit.Test, 0), Bytes(renderer, 9, SynthSplit.Train, 1)];

        Assert.Equal(pictures.Length, pictures.Select(Convert.ToHexString).Distinct().Count());
    }

    [Theory]
    [InlineData(World.Indoor, SceneClass.Floor, SceneClass.Ground)]
    [InlineData(World.Outdoor, SceneClass.Ground, SceneClass.Floor)]
    public void Render_OneWorld_HasItsGroundOnly(World world, SceneClass has, SceneClass hasNot)
    {
        SceneRenderer renderer = new(new SceneOptions { World = world });
        for (int index = 0; index < 8; index++)
        {
            using RenderedScene scene = renderer.Render(1, SynthSplit.Train, index, 32);
            Assert.Contains((float)has, scene.Labels["semseg"].Values);
            Assert.DoesNotContain((float)hasNot, scene.Labels["semseg"].Values);
        }
    }

    [Fact]
    public void Render_AnySize_SamePlaceSameThing()
    {
        SceneRenderer renderer = new();
        using RenderedScene small = renderer.Render(3, SynthSplit.Train, 2, 41);
        using RenderedScene large = renderer.Render(3, SynthSplit.Train, 2, 123);
        int same = 0;
        for (int i = 0; i < 41 * 41; i++)
        {
            // The middle of a pixel is the middle of the middle one of nine.
            same += small.Instances[i] == large.Instances[(((3 * (i / 41)) + 1) * 123) + (3 * (i % 41)) + 1] ? 1 : 0;
        }

        Assert.Equal(41 * 41, same);
    }

    [Fact]
    public void Work_OfAPicture_IsCounted()
    {
        using RenderedScene scene = new SceneRenderer().Render(1, SynthSplit.Train, 0, 32);

        Assert.InRange(scene.Work.Samples, 32 * 32, 5 * 32 * 32);
        Assert.True(scene.Work.SolidTests >= scene.Work.Samples && scene.Work.ShadowRays > 0 && scene.Work.Flop > 1e5);
    }

    [Fact]
    public void Render_TooSmall_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SceneRenderer().Render(1, SynthSplit.Train, 0, 7));

    private static byte[] Bytes(SceneRenderer renderer, long seed, SynthSplit split, int index)
    {
        using RenderedScene scene = renderer.Render(seed, split, index, 40);
        return [.. scene.Image.Pixels, .. scene.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).SelectMany(label => label.Value.Values).SelectMany(BitConverter.GetBytes)];
    }
}
