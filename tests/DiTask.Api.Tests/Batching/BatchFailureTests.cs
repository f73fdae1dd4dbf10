using DiTask.Api.Batching;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Api.Tests.Batching;

public class BatchFailureTests
{
    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData("1,2,4,8", 8, 4)]
    [InlineData("1,2,4,8", 2, 1)]
    [InlineData("1,2,4,8", 1, 1)]
    [InlineData("1,6", 6, 1)]
    [InlineData("1,5,6", 10, 5)]
    public void RunTooLarge_AnySize_LeavesSizesUpToHalf(string sizes, int size, int largest)
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = sizes });

        batcher.RunTooLarge(size);

        Assert.Equal(largest, batcher.LargestSize);
    }

    [Fact]
    public void RunTooLarge_CooldownOver_AllSizesAreBack()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = "1,2,4,8", MemoryCooldown = TimeSpan.FromSeconds(30) });
        batcher.RunTooLarge(8);

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(4, batcher.LargestSize);
        batcher.RunTooLarge(4);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(2, batcher.LargestSize);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(8, batcher.LargestSize);
    }

    [Fact]
    public void RunTooLarge_AlwaysFilledUp_FillsUpToTheSmallerSize()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = "1,4,8", Padding = BatchPadding.Always });
        Assert.Equal(8, batcher.AloneSize);

        batcher.RunTooLarge(8);

        Assert.Equal(4, batcher.AloneSize);
    }

    private Batcher<int, int> NewBatcher(BatchingOptions options) => new(Options.Create(options), time);
}
