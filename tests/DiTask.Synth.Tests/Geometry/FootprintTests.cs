using DiTask.Synth.Geometry;

namespace DiTask.Synth.Tests.Geometry;

public sealed class FootprintTests
{
    [Fact]
    public void Overlaps_TurnedSquaresSideBySide_DependsOnTheTurn()
    {
        Footprint square = new(0, 0, 1, 1, 0);

        Assert.False(square.Overlaps(new(2.2, 0, 1, 1, 0)));
        Assert.True(square.Overlaps(new(2.2, 0, 1, 1, Math.PI / 4)));
        Assert.False(square.Overlaps(new(2.5, 0, 1, 1, Math.PI / 4)));
        Assert.True(square.Overlaps(new(0, 0, 0.1, 0.1, 1)));
    }

    [Fact]
    public void Overlaps_DiagonalNeighbours_AreApartThoughTheirBoxesMeet()
    {
        Footprint one = new(0, 0, 2, 0.2, Math.PI / 4), other = one with { X = 0.8, Y = -0.8 };

        Assert.False(one.Overlaps(other));
        Assert.True(one.Overlaps(other with { X = 0.2, Y = -0.2 }));
    }
}
