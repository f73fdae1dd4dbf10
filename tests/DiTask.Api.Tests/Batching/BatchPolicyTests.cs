using DiTask.Api.Batching;

namespace DiTask.Api.Tests.Batching;

public class BatchPolicyTests
{
    private static readonly BatchingOptions TwoMilliseconds = new() { MaxBatchSize = 4, MaxQueueDelay = TimeSpan.FromMilliseconds(2) };

    [Fact]
    public void WaitBudget_Default_IsZero() =>
        Assert.Equal(TimeSpan.Zero, BatchPolicy.WaitBudget(count: 1, oldestAge: TimeSpan.Zero, new BatchingOptions()));

    [Fact]
    public void WaitBudget_OldestPastMaxQueueDelay_IsZero() =>
        Assert.Equal(TimeSpan.Zero, BatchPolicy.WaitBudget(count: 1, oldestAge: TimeSpan.FromMilliseconds(3), TwoMilliseconds));

    [Fact]
    public void WaitBudget_OldestYoung_IsWhatIsLeftOfTheDelay() =>
        Assert.Equal(TimeSpan.FromMilliseconds(1.5), BatchPolicy.WaitBudget(count: 3, oldestAge: TimeSpan.FromMilliseconds(0.5), TwoMilliseconds));

    [Fact]
    public void WaitBudget_FullBatch_IsZero() =>
        Assert.Equal(TimeSpan.Zero, BatchPolicy.WaitBudget(count: 4, oldestAge: TimeSpan.Zero, TwoMilliseconds));

    [Fact]
    public void Throughput_FirstRun_IsThatOfTheRun() => Assert.Equal(8, BatchPolicy.Throughput(0, 4, TimeSpan.FromSeconds(0.5)), 9);

    [Fact]
    public void Throughput_LaterRun_MovesAQuarterOfTheWay() => Assert.Equal(10, BatchPolicy.Throughput(8, 8, TimeSpan.FromSeconds(0.5)), 9);

    [Theory]
    [InlineData(0, 10, 0, 1)]
    [InlineData(25, 10, 0, 3)]
    [InlineData(25, 10, 0.99, 4)]
    [InlineData(1000, 1, 0, 30)]
    [InlineData(1000, 1, 0.999, 37)]
    [InlineData(16, 0, 0.5, 1)]
    public void RetryAfterSeconds_AnyLoad_IsTheClampedWaitPlusUpToAQuarter(int ahead, double throughput, double jitter, int expected) =>
        Assert.Equal(expected, BatchPolicy.RetryAfterSeconds(ahead, throughput, jitter));
}
