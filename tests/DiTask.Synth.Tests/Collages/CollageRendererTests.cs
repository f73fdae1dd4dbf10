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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Shapes_EachTile_HoldsTheShapeOfItsAttributes(int side)
    {
        const int Size = 64;
        for (int index = 0; index < 20; index++)
        {
            using Collage collage = CollageRenderer.Render(2, SynthSplit.Train, index, Size, side);
            Assert.Equal(side * side, collage.Attributes.GetLength(0));
            for (int tile = 0; tile < side * side; tile++)
            {
                byte[] labels = [.. collage.Shapes.Where((_, i) => (i / Size / (Size / side) * side) + (i % Size / (Size / side)) == tile)];
                Assert.Equal([0, collage.Attributes[tile, 0]], labels.Distinct().Order().Select(label => (int)label));
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
            for (int tile = 0; tile < collage.Attributes.GetLength(0); tile++)
            {
                for (int column = 0; column < seen.Length; column++)
                {
                    seen[column][collage.Attributes[tile, column]] = true;
                }
            }
        }

        Assert.False(seen[0][0], "no thing is background");
        Assert.All(seen, (values, column) => Assert.DoesNotContain(false, values.Skip(column == 0 ? 1 : 0)));
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

    [Theory]
    [InlineData(33, 2)]
    [InlineData(32, 5)]
    [InlineData(28, 4)]
    [InlineData(32, 0)]
    public void Render_TilesThatDoNotFit_AreRefused(int size, int side) => Assert.Throws<ArgumentException>(() => CollageRenderer.Render(1, SynthSplit.Train, 0, size, side));
}
