using DiTask.Api.Batching;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Tests.Batching;

public sealed class BatchWorkerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<int[]> runs = [];
    private readonly Batcher<int, string> batcher = new(Options.Create(new BatchingOptions { Sizes = "1,2,3,4" }), TimeProvider.System);
    private readonly Lane lane = new();
    private BatchWorker<int, string>? worker;

    public void Dispose()
    {
        worker?.Dispose();
        lane.Dispose();
    }

    [Fact]
    public async Task Run_TwoCallersQueued_AnswersEachFromOneBatch()
    {
        batcher.Submit([1, 2], Patience, BatchPriority.Interactive, out var first, CancellationToken.None);
        batcher.Submit([3], Patience, BatchPriority.Interactive, out var second, CancellationToken.None);

        await StartAsync((inputs, _, _) => [.. inputs.Select(input => $"<{input}>")]);

        BatchAnswer<string>[] answers = await Task.WhenAll([.. first, .. second]);
        Assert.Equal(["<1>", "<2>", "<3>"], answers.Select(answer => answer.Output));
        Assert.All(answers, answer => Assert.Equal((3, 2), (answer.BatchItems, answer.BatchCallers)));
        Assert.Equal([1, 2, 3], Assert.Single(runs));
    }

    [Fact]
    public async Task Run_OneBadItem_FailsAlone()
    {
        batcher.Submit([1, 13, 2], Patience, BatchPriority.Interactive, out var answers, CancellationToken.None);

        await StartAsync((inputs, _, _) => inputs.Contains(13) ? throw new InvalidOperationException("thirteen") : [.. inputs.Select(input => $"<{input}>")]);

        Assert.Equal("<1>", (await answers[0]).Output);
        Assert.Equal("<2>", (await answers[2]).Output);
        Assert.Equal(1, (await answers[2]).BatchItems);
        Assert.Equal("thirteen", (await Assert.ThrowsAsync<InvalidOperationException>(() => answers[1])).Message);
        Assert.Equal([[1, 13, 2], [1], [13], [2]], runs);
    }

    [Fact]
    public async Task Run_SingleItemFails_IsNotRunAgain()
    {
        batcher.Submit([13], Patience, BatchPriority.Interactive, out var answers, CancellationToken.None);

        await StartAsync((_, _, _) => throw new InvalidOperationException("thirteen"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => answers[0]);
        Assert.Single(runs);
    }

    [Fact]
    public async Task Run_RunnerIsLost_FailsAllItemsWithoutAnotherRun()
    {
        batcher.Submit([1, 2], Patience, BatchPriority.Interactive, out var answers, CancellationToken.None);

        await StartAsync((_, _, _) => throw new BatchFailureException(BatchFailure.Lost, new InvalidOperationException("gone")));

        foreach (Task<BatchAnswer<string>> answer in answers)
        {
            Assert.Equal(BatchFailure.Lost, (await Assert.ThrowsAsync<BatchFailureException>(() => answer)).Failure);
        }

        Assert.Single(runs);
    }

    [Fact]
    public async Task Run_TooLargeForTheMemory_RunsEachAloneAndTheNextOnesSmaller()
    {
        batcher.Submit([1, 2, 3, 4, 5, 6], Patience, BatchPriority.Interactive, out var answers, CancellationToken.None);

        await StartAsync((inputs, _, _) => inputs.Count > 3
            ? throw new BatchFailureException(BatchFailure.TooLarge, new InvalidOperationException("full"))
            : [.. inputs.Select(input => $"<{input}>")]);

        Assert.Equal(["<1>", "<2>", "<3>", "<4>", "<5>", "<6>"], (await Task.WhenAll(answers)).Select(answer => answer.Output));
        Assert.Equal([[1, 2, 3, 4], [1], [2], [3], [4], [5, 6]], runs);
        Assert.Equal(2, batcher.LargestSize);
    }

    [Fact]
    public async Task Run_TooFewOutputs_IsAFailure()
    {
        batcher.Submit([1], Patience, BatchPriority.Interactive, out var answers, CancellationToken.None);

        await StartAsync((_, _, _) => []);

        Assert.Contains("0 outputs for 1 inputs", (await Assert.ThrowsAsync<InvalidOperationException>(() => answers[0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LastCallerLeaves_IsStopped()
    {
        using CancellationTokenSource first = new(), second = new();
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        batcher.Submit([1], Patience, BatchPriority.Interactive, out var one, first.Token);
        batcher.Submit([2], Patience, BatchPriority.Interactive, out var two, second.Token);
        await StartAsync((_, _, cancellation) =>
        {
            started.SetResult();
            cancellation.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellation);
        });
        await started.Task;

        await first.CancelAsync();
        Assert.False(one[0].IsCompleted); // The run still reads its input.
        await second.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two[0]);
        Assert.Single(runs);
    }

    [Fact]
    public async Task Stop_ItemsQueued_FinishesThem()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim gate = new();
        batcher.Submit([1], Patience, BatchPriority.Interactive, out var running, CancellationToken.None);
        await StartAsync((inputs, _, _) =>
        {
            started.TrySetResult();
            gate.Wait(CancellationToken.None);
            return [.. inputs.Select(input => $"<{input}>")];
        });
        await started.Task;
        batcher.Submit([2], Patience, BatchPriority.Interactive, out var queued, CancellationToken.None);

        Task stopped = worker!.StopAsync(CancellationToken.None);
        gate.Set();
        await stopped;

        Assert.Equal("<1>", (await running[0]).Output);
        Assert.Equal("<2>", (await queued[0]).Output);
    }

    [Fact]
    public async Task Stop_NoTimeLeft_CancelsWhatIsQueued()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        batcher.Submit([1], Patience, BatchPriority.Interactive, out var running, CancellationToken.None);
        await StartAsync((_, _, cancellation) =>
        {
            started.TrySetResult();
            cancellation.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellation);
        });
        await started.Task;
        batcher.Submit([2], Patience, BatchPriority.Interactive, out var queued, CancellationToken.None);

        await worker!.StopAsync(new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued[0]);
    }

    private Task StartAsync(BatchRunner<int, string> runner)
    {
        worker = new BatchWorker<int, string>(
            batcher,
            (inputs, size, cancellation) =>
            {
                runs.Add([.. inputs]);
                return runner(inputs, size, cancellation);
            },
            lane,
            TimeProvider.System,
            NullLogger<BatchWorker<int, string>>.Instance);
        return worker.StartAsync(CancellationToken.None);
    }
}
