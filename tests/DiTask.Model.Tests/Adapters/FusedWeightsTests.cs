using DiTask.Model.Adapters;

namespace DiTask.Model.Tests.Adapters;

public sealed class FusedWeightsTests
{
    [Theory]
    [InlineData(288, 96, 3)]
    [InlineData(192, 96, 2)]
    [InlineData(96, 96, 1)]
    [InlineData(384, 96, 1)]
    [InlineData(96, 384, 1)]
    [InlineData(3, 1, 3)]
    [InlineData(192, 384, 1)]
    public void BlockCount_Shape_Decides(int outFeatures, int inFeatures, int expected) =>
        Assert.Equal(expected, FusedWeights.BlockCount(outFeatures, inFeatures));

    [Fact]
    public void RowBlocks_QueryKeyValue_CoverEveryRowOnce() =>
        Assert.Equal([0..4, 4..8, 8..12], FusedWeights.RowBlocks(12, 4));

    [Fact]
    public void RowBlocks_OneMatrix_IsAllRows() => Assert.Equal([0..12], FusedWeights.RowBlocks(12, 3));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    public void BlockCount_EmptyShape_Throws(int outFeatures, int inFeatures) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FusedWeights.BlockCount(outFeatures, inFeatures));
}
