using DiTask.Model.Text;

namespace DiTask.Model.Tests.Text;

public sealed class NearestNamesTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("semseg", "semseg", 0)]
    [InlineData("semsg", "semseg", 1)]
    [InlineData("depht", "depth", 2)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_TwoNames_IsTheFewestEdits(string from, string to, int expected)
    {
        Assert.Equal(expected, NearestNames.Distance(from, to));
        Assert.Equal(expected, NearestNames.Distance(to, from));
    }

    [Fact]
    public void Of_EquallyNearNames_AreInOrdinalOrder() =>
        Assert.Equal(["batch", "match", "patch"], NearestNames.Of("xatch", ["patch", "match", "epochs", "batch"], count: 3));

    [Fact]
    public void Of_VeryLongNames_AreLeftOut() =>
        Assert.Equal(["b"], NearestNames.Of("aaa", [new string('a', 201), "b"], count: 2));
}
