using DiTask.Api.Batching;

namespace DiTask.Api.Tests.Batching;

public class BatchSizesTests
{
    [Theory]
    [InlineData("1", 1, 1)]
    [InlineData("1,2,4,8,16", 5, 16)]
    [InlineData(" 1, 3 ,256", 3, 256)]
    public void Parse_AscendingFromOne_KeepsThem(string text, int count, int largest)
    {
        BatchSizes sizes = BatchSizes.Parse(text);

        Assert.Equal((count, largest), (sizes.All.Count, sizes.Largest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0,1")]
    [InlineData("2,4")]
    [InlineData("1,4,2")]
    [InlineData("1,2,2")]
    [InlineData("1,257")]
    [InlineData("1,two")]
    [InlineData("1,-2")]
    [InlineData("1,,2")]
    public void Parse_AnythingElse_SaysWhatIsExpected(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => BatchSizes.Parse(text));

        Assert.Contains("ascending, the first of them 1, the last at most 256", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 3, 3)]
    [InlineData(5, 3, 6)]
    [InlineData(9, 6, 6)]
    public void AtMostAndAtLeast_AnyCount_AreTheNeighbours(int count, int below, int above)
    {
        BatchSizes sizes = BatchSizes.Parse("1,3,6");

        Assert.Equal((below, above), (sizes.AtMost(count), sizes.AtLeast(count)));
    }

    [Fact]
    public void UpTo_Limit_DropsTheLargerOnes() => Assert.Equal([1, 3], BatchSizes.Parse("1,3,6").UpTo(5).All);
}
