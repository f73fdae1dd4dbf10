using DiTask.Model.Layers;

namespace DiTask.Model.Tests.Layers;

public sealed class WindowLayoutTests
{
    [Fact]
    public void TokenOfSlot_PlainPartition_ReadsWindowByWindow() =>
        Assert.Equal([0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15], new WindowLayout(4, 2, 0).TokenOfSlot);

    [Fact]
    public void TokenOfSlot_Shifted_StartsAtTheShiftAndWrapsAround() =>
        Assert.Equal([5, 6, 9, 10, 7, 4, 11, 8, 13, 14, 1, 2, 15, 12, 3, 0], new WindowLayout(4, 2, 1).TokenOfSlot);

    [Theory]
    [InlineData(14, 7, 0)]
    [InlineData(14, 7, 3)]
    [InlineData(12, 4, 2)]
    public void SlotOfToken_AfterTokenOfSlot_IsTheIdentity(int grid, int window, int shift)
    {
        WindowLayout layout = new(grid, window, shift);

        Assert.Equal(Enumerable.Range(0, grid * grid), layout.SlotOfToken.Select(slot => layout.TokenOfSlot[slot]));
    }

    [Fact]
    public void RelativePositionIndex_WindowOfTwo_IsTheTableOfThreeByThree() =>
        Assert.Equal([4, 3, 1, 0, 5, 4, 2, 1, 7, 6, 4, 3, 8, 7, 5, 4], new WindowLayout(4, 2, 0).RelativePositionIndex());

    [Fact]
    public void AttentionMask_Shifted_ForbidsExactlyTheWrappedNeighbours()
    {
        float[] mask = new WindowLayout(4, 2, 1).AttentionMask().Values;

        Assert.All(mask[..16], value => Assert.Equal(0, value));                         // first window: nothing wrapped
        Assert.Equal([0, -100, 0, -100], mask[16..20]);                                  // second: its right column wrapped
        Assert.Equal([0, 0, -100, -100], mask[32..36]);                                  // third: its lower row wrapped
        Assert.Equal([0, -100, -100, -100], mask[48..52]);                               // fourth: all four tokens are strangers
    }

    [Fact]
    public void Constructor_WindowThatDoesNotDivide_NamesBoth()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new WindowLayout(10, 7, 3));

        Assert.Contains("10 x 10", error.Message, StringComparison.Ordinal);
        Assert.Contains("7 x 7", error.Message, StringComparison.Ordinal);
    }
}
