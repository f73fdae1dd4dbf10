using DiTask.Synth.Collages;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Tests.Collages;

public sealed class CollageRendererTests
{
    [Fact]
    public void Render_SameAddress_SameCollage()
    {
        using Collage one = CollageRenderer.Render(1, SynthSplit.Train, 3, 48);
        using Collage two = CollageRenderer.Render(1, SynthSplit.Train, 3, 48);
        using Collage other = CollageRenderer.Render(1, SynthSplit.Val, 3, 48);

        Assert.True(one.Image.Pixels.SequenceEqual(two.Image.Pixels));
        Assert.Equal(one.Attributes, two.Attributes);
        Assert.False(one.Image.Pixels.SequenceEqual(other.Image.Pixels));
    }

    [Fact]
    public void Shapes_EachTile_HoldsTheShapeOfItsAttributes()
    {
        const int Size = 64;
        for (int index = 0; index < 20; index++)
        {
            using Collage collage = CollageRenderer.Render(2, SynthSplit.Train, index, Size);
            for (int tile = 0; tile < Collage.Tiles; tile++)
            {
                byte[] labels = [.. collage.Shapes.Where((_, i) => (i / Size / (Size / 2) * 2) + (i % Size / (Size / 2)) == tile)];
                Assert.Equal([0, 1 + collage.Attributes[tile, 0]], labels.Distinct().Order().Select(label => (int)label));
            }
        }
    }

    [Fact]
    public void Attributes_ManyCollages_TakeEveryValue()
    {
        bool[][] seen = [.. CollageTrait.All.Select(attribute => new bool[attribute.Values.Count])];
        for (int index = 0; index < 150; index++)
        {
            using Collage collage = CollageRenderer.Render(3, SynthSplit.Train, index, 16);
            for (int tile = 0; tile < Collage.Tiles; tile++)
            {
                for (int column = 0; column < seen.Length; column++)
                {
                    seen[column][collage.Attributes[tile, column]] = true;
                }
            }
        }

        Assert.All(seen, values => Assert.DoesNotContain(false, values));
    }

    [Fact]
    public void Size_OfAThing_GrowsWithItsAttribute()
    {
        double[] pixels = new double[4], tiles = new double[4];
        for (int index = 0; index < 80; index++)
        {
            using Collage collage = CollageRenderer.Render(4, SynthSplit.Train, index, 32);
            for (int i = 0; i < collage.Shapes.Length; i++)
            {
                int size = collage.Attributes[(i / 32 / 16 * 2) + (i % 32 / 16), 3];
                pixels[size] += collage.Shapes[i] > 0 ? 1 : 0;
                tiles[size]++;
            }
        }

        double[] shares = [.. pixels.Zip(tiles, (some, all) => some / all)];
        Assert.Equal(shares.Order(), shares);
    }

    [Fact]
    public void Render_OddSize_IsRefused() => Assert.Throws<ArgumentException>(() => CollageRenderer.Render(1, SynthSplit.Train, 0, 33));
}
