using DiTask.Model.Cpab;

namespace DiTask.Model.Tests.Cpab;

public sealed class TessellationTests
{
    [Fact]
    public void Constructor_OneCell_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Tessellation(1));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(64, 63)]
    public void ParameterCount_OfCells_IsOneLess(int cells, int expected) =>
        Assert.Equal(expected, new Tessellation(cells).ParameterCount);

    [Fact]
    public void OfParameters_Empty_Throws() =>
        Assert.Throws<ArgumentException>(() => Tessellation.OfParameters(0));

    [Fact]
    public void OfParameters_ThreeElements_HasFourCells() =>
        Assert.Equal(new Tessellation(4), Tessellation.OfParameters(3));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2499, 0)]
    [InlineData(0.25, 1)]
    [InlineData(0.99, 3)]
    [InlineData(1, 3)]
    public void CellOf_Point_BelongsToTheCellOnItsRight(double x, int expected) =>
        Assert.Equal(expected, new Tessellation(4).CellOf(x));
}
