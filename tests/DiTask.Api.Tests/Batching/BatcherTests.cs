using DiTask.Api.Batching;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Api.Tests.Batching;

public class BatcherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task WaitForBatch_NoDelay_IsReadyWithOneItem()
    {
        Batcher<int, int> batcher = NewBatcher();

        Task<bool> ready = batcher.WaitForBatchAsync(CancellationToken.None);
        Assert.False(ready.IsCompleted);
        Submit(batcher, 1);

        Assert.True(await ready);
    }

    [Fact]
    public async Task WaitForBatch_Delay_CountsFromTheOldestItem()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { MaxQueueDelay = TimeSpan.FromMilliseconds(10) });
        Submit(batcher, 1);
        time.Advance(TimeSpan.FromMilliseconds(6));
        Submit(batcher, 2);

        Task<bool> ready = batcher.WaitForBatchAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(3));
        Assert.False(ready.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(await ready);
        Assert.Equal([1, 2], batcher.Collect(out _).Select(item => item.Input));
    }

    [Fact]
    public async Task WaitForBatch_BatchFills_DoesNotWaitForTheDelay()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { MaxQueueDelay = TimeSpan.FromSeconds(1), Sizes = "1,2" });
        Submit(batcher, 1);
        Task<bool> ready = batcher.WaitForBatchAsync(CancellationToken.None);

        Submit(batcher, 2);

        Assert.True(await ready);
    }

    [Fact]
    public void Collect_MoreThanABatch_TakesTheOldest()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = "1,2" });
        Submit(batcher, 1, 2, 3);

        Assert.Equal([1, 2], batcher.Collect(out _).Select(item => item.Input));
        Assert.Equal([3], batcher.Collect(out _).Select(item => item.Input));
    }

    [Fact]
    public void Submit_NoRoomForAll_QueuesNone()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = "1,2", QueueCapacity = 4 });
        Submit(batcher, 1, 2, 3);

        BatchAdmission admission = batcher.Submit([4, 5], Patience, BatchPriority.Interactive, out var answers, CancellationToken.None);

        Assert.Equal(BatchAdmission.QueueFull, admission);
        Assert.Empty(answers);
        Assert.Equal(3, batcher.Count);
    }

    [Fact]
    public async Task Submit_QueuedCallerLeft_TakesItsRoom()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = "1,2", QueueCapacity = 2 });
        using CancellationTokenSource caller = new();
        batcher.Submit([1, 2], Patience, BatchPriority.Interactive, out var left, caller.Token);
        Assert.True(batcher.IsFull);

        await caller.CancelAsync();

        Assert.False(batcher.IsFull);
        Submit(batcher, 3);
        Assert.Equal([3], batcher.Collect(out _).Select(item => item.Input));
        Assert.Equal(2, batcher.Cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left[0]);
    }

    [Fact]
    public async Task Collect_ExpiredItem_IsDroppedAndTold()
    {
        Batcher<int, int> batcher = NewBatcher();
        batcher.Submit([1], TimeSpan.FromSeconds(1), BatchPriority.Interactive, out var expired, CancellationToken.None);
        Submit(batcher, 2);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([2], batcher.Collect(out _).Select(item => item.Input));
        Assert.Equal(1, batcher.Expired);
        await Assert.ThrowsAsync<TimeoutException>(() => expired[0]);
    }

    [Fact]
    public void Submit_SlowerThanItsPatience_IsRefusedAtOnce()
    {
        Batcher<int, int> batcher = NewBatcher();
        batcher.RunEnded(1, TimeSpan.FromSeconds(2));
        Submit(batcher, 1, 2);

        Assert.Equal(BatchAdmission.DeadlineUnreachable, batcher.Submit([3], TimeSpan.FromSeconds(3), BatchPriority.Interactive, out _, CancellationToken.None));
        Assert.Equal(BatchAdmission.Accepted, batcher.Submit([3], TimeSpan.FromSeconds(5), BatchPriority.Interactive, out _, CancellationToken.None));
    }

    [Fact]
    public void RetryAfterSeconds_RunningItems_CountLikeQueuedOnes()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = "1,2,4", QueueCapacity = 64 });
        batcher.RunEnded(1, TimeSpan.FromSeconds(1));
        Submit(batcher, [.. Enumerable.Range(0, 8)]);
        batcher.Collect(out _);

        Assert.InRange(batcher.RetryAfterSeconds, 8, 10);
    }

    [Fact]
    public async Task Close_QueuedItem_StillRunsAndNewOnesAreRefused()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { MaxQueueDelay = TimeSpan.FromSeconds(1) });
        Submit(batcher, 1);

        batcher.Close();

        Assert.Equal(BatchAdmission.Closed, batcher.Submit([2], Patience, BatchPriority.Interactive, out _, CancellationToken.None));
        Assert.True(await batcher.WaitForBatchAsync(CancellationToken.None));
        Assert.Single(batcher.Collect(out _));
        Assert.False(await batcher.WaitForBatchAsync(CancellationToken.None));
    }

    [Fact]
    public void Collect_MeasuredTimesFavourOneRun_FillsUp()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = "1,2,4" });
        batcher.Calibrate(RunTimes(10, 10, 10));
        Submit(batcher, 1, 2, 3);

        Assert.Equal([1, 2, 3], batcher.Collect(out int size).Select(item => item.Input));
        Assert.Equal(4, size);
    }

    [Fact]
    public void Collect_MeasuredTimesFavourSeveralRuns_LeavesTheRestForTheNext()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = "1,2,4" });
        batcher.Calibrate(RunTimes(10, 20, 40));
        Submit(batcher, 1, 2, 3);

        Assert.Equal([1, 2], batcher.Collect(out int first).Select(item => item.Input));
        Assert.Equal([3], batcher.Collect(out int second).Select(item => item.Input));
        Assert.Equal((2, 1), (first, second));
    }

    [Fact]
    public void Calibrate_TargetLatency_SetsTheCapacity()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = "1,2,4", TargetLatency = TimeSpan.FromSeconds(1) });
        Assert.Equal(32, batcher.Capacity);

        batcher.Calibrate(RunTimes(30, 50, 80));

        Assert.Equal(46, batcher.Capacity);
    }

    [Fact]
    public void Calibrate_BeforeTheFirstRun_GivesRetryAfterItsThroughput()
    {
        Batcher<int, int> batcher = NewBatcher(new BatchingOptions { Sizes = "1,2,4" });
        batcher.Calibrate(RunTimes(1000, 2000, 4000));
        Submit(batcher, [.. Enumerable.Range(0, 8)]);

        Assert.InRange(batcher.RetryAfterSeconds, 8, 10);
    }

    [Fact]
    public void Validate_QueueSmallerThanABatch_NamesBoth()
    {
        ValidateOptionsResult result = new BatchingOptionsValidator().Validate(null, new BatchingOptions { QueueCapacity = 8 });

        Assert.True(result.Failed);
        Assert.Contains(result.Failures!, failure => failure.Contains("Batching:QueueCapacity is 8; it must hold a full batch, 16 of Batching:Sizes", StringComparison.Ordinal));
    }

    private static Dictionary<int, TimeSpan> RunTimes(int one, int two, int four) => new()
    {
        [1] = TimeSpan.FromMilliseconds(one),
        [2] = TimeSpan.FromMilliseconds(two),
        [4] = TimeSpan.FromMilliseconds(four),
    };

    private static void Submit(Batcher<int, int> batcher, params int[] inputs) =>
        Assert.Equal(BatchAdmission.Accepted, batcher.Submit(inputs, Patience, BatchPriority.Interactive, out _, CancellationToken.None));

    private Batcher<int, int> NewBatcher(BatchingOptions? options = null) => new(Options.Create(options ?? new BatchingOptions()), time);
}
