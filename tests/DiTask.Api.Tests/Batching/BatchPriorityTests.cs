using DiTask.Api.Batching;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Api.Tests.Batching;

public class BatchPriorityTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider time = new();
    private readonly Batcher<int, int> batcher;

    public BatchPriorityTests() =>
        batcher = new Batcher<int, int>(Options.Create(new BatchingOptions { Sizes = "1,2", QueueCapacity = 12 }), time);

    [Fact]
    public void Collect_BothWait_TakesInteractiveFirstThenBulkEachInOrder()
    {
        Submit(BatchPriority.Bulk, 10, 11);
        Submit(BatchPriority.Interactive, 1, 2, 3);

        Assert.Equal([[1, 2], [3, 10], [11]], Enumerable.Range(0, 3).Select(_ => Collect()));
    }

    [Fact]
    public void Collect_InteractiveNeverLeavesRoom_GivesBulkTheFifthRun()
    {
        Submit(BatchPriority.Bulk, 100, 101, 102);
        List<int[]> runs = [];
        for (int next = 0; next < 24; next += 2)
        {
            Submit(BatchPriority.Interactive, next, next + 1);
            runs.Add(Collect());
        }

        Assert.All(runs[..4], run => Assert.All(run, item => Assert.True(item < 100)));
        Assert.Equal([100, 101], runs[4]);
        Assert.All(runs[5..9], run => Assert.All(run, item => Assert.True(item < 100)));
        Assert.Equal(102, runs[9][0]);
        Assert.True(runs[9][1] < 100, "The room beside the last bulk item goes to the oldest interactive one.");
        Assert.Equal(Enumerable.Range(0, 24).Take(runs.Sum(run => run.Length) - 3), runs.SelectMany(run => run).Where(item => item < 100));
    }

    [Fact]
    public void Collect_BulkGetsRoomByItself_DoesNotComeFirstLater()
    {
        Submit(BatchPriority.Bulk, 100, 101, 102);
        for (int round = 0; round < 3; round++)
        {
            Submit(BatchPriority.Interactive, round * 2, round * 2 + 1);
            Collect();
        }

        Submit(BatchPriority.Interactive, 6);
        Assert.Equal([6, 100], Collect());
        Submit(BatchPriority.Interactive, 7, 8);

        Assert.Equal([7, 8], Collect());
    }

    [Fact]
    public void Submit_BulkFillsHalf_IsRefusedWhereInteractiveIsNot()
    {
        Submit(BatchPriority.Bulk, 1, 2, 3, 4, 5, 6);

        Assert.Equal(BatchAdmission.QueueFull, batcher.Submit([7], Patience, BatchPriority.Bulk, out _, CancellationToken.None));
        Submit(BatchPriority.Interactive, 8, 9);
        Assert.False(batcher.IsFull);
    }

    [Fact]
    public void Submit_BulkLargerThanHalf_GetsInAlone()
    {
        Submit(BatchPriority.Bulk, [.. Enumerable.Range(0, 10)]);

        Assert.Equal(BatchAdmission.QueueFull, batcher.Submit([1, 2, 3], Patience, BatchPriority.Interactive, out _, CancellationToken.None));
        Assert.Equal(10, batcher.Count);
    }

    [Fact]
    public void Submit_BulkAhead_DoesNotMakeAnInteractiveDeadlineUnreachable()
    {
        batcher.RunEnded(1, TimeSpan.FromSeconds(1));
        Submit(BatchPriority.Bulk, 1, 2, 3, 4, 5);

        Assert.Equal(BatchAdmission.Accepted, batcher.Submit([6], TimeSpan.FromSeconds(2), BatchPriority.Interactive, out _, CancellationToken.None));
        Assert.Equal(BatchAdmission.DeadlineUnreachable, batcher.Submit([7], TimeSpan.FromSeconds(2), BatchPriority.Bulk, out _, CancellationToken.None));
    }

    [Fact]
    public async Task WaitForBatch_Delay_CountsFromTheOldestOfEitherPriority()
    {
        Batcher<int, int> slow = new(Options.Create(new BatchingOptions { MaxQueueDelay = TimeSpan.FromMilliseconds(10) }), time);
        slow.Submit([1], Patience, BatchPriority.Bulk, out _, CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(6));
        slow.Submit([2], Patience, BatchPriority.Interactive, out _, CancellationToken.None);

        Task<bool> ready = slow.WaitForBatchAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(3));
        Assert.False(ready.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(await ready);
    }

    [Fact]
    public void Collect_EitherPriority_SaysHowLongEachWaited()
    {
        List<(BatchPriority, double)> waited = [];
        batcher.Waited += (priority, wait) => waited.Add((priority, wait.TotalMilliseconds));
        Submit(BatchPriority.Bulk, 1);
        time.Advance(TimeSpan.FromMilliseconds(7));
        Submit(BatchPriority.Interactive, 2);
        time.Advance(TimeSpan.FromMilliseconds(3));

        Collect();

        Assert.Equal([(BatchPriority.Interactive, 3), (BatchPriority.Bulk, 10)], waited);
    }

    [Fact]
    public async Task Abandon_BothWait_CancelsBoth()
    {
        batcher.Submit([1], Patience, BatchPriority.Bulk, out var bulk, CancellationToken.None);
        batcher.Submit([2], Patience, BatchPriority.Interactive, out var interactive, CancellationToken.None);

        batcher.Abandon();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bulk[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interactive[0]);
        Assert.Equal(0, batcher.Count);
    }

    private void Submit(BatchPriority priority, params int[] inputs) =>
        Assert.Equal(BatchAdmission.Accepted, batcher.Submit(inputs, Patience, priority, out _, CancellationToken.None));

    private int[] Collect() => [.. batcher.Collect(out _).Select(item => item.Input)];
}
