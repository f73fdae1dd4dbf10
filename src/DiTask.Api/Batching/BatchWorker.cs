using System.Diagnostics.CodeAnalysis;

namespace DiTask.Api.Batching;

/// <summary>Empties the batcher: collects a batch, runs it, answers each item. Runs never overlap, nor do those of workers that share a lane.</summary>
internal sealed class BatchWorker<TInput, TOutput>(
    Batcher<TInput, TOutput> batcher, BatchRunner<TInput, TOutput> runner, Lane lane, TimeProvider time, ILogger<BatchWorker<TInput, TOutput>> logger)
    : BackgroundService
{
    /// <summary>Lets what is queued finish while <paramref name="cancellationToken"/> allows it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        batcher.Close();
        if (ExecuteTask is { } work)
        {
            await work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        batcher.Abandon();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await batcher.WaitForBatchAsync(stoppingToken).ConfigureAwait(false))
        {
            // The turn comes first: while others run, the batch still grows, and callers may still leave it.
            using IDisposable turn = await lane.EnterAsync(stoppingToken).ConfigureAwait(false);
            IReadOnlyList<BatchItem<TInput, TOutput>> batch = batcher.Collect(out int size);
            if (batch.Count > 0)
            {
                long start = time.GetTimestamp();
                RunBatch(batch, size, start, stoppingToken);
                batcher.RunEnded(batch.Count, time.GetElapsedTime(start));
            }
        }
    }

    private void RunBatch(IReadOnlyList<BatchItem<TInput, TOutput>> batch, int size, long start, CancellationToken stopping)
    {
        if (TryRun(batch, size, start, stopping) is not { } failure)
        {
            return;
        }

        if (failure is BatchFailureException { Failure: BatchFailure.Lost })
        {
            Log.RunnerLost(logger, failure);
            lane.Lose();
            Fail(batch, failure);
            return;
        }

        ReportSize(size, failure);
        if (batch.Count == 1)
        {
            Log.ItemFailed(logger, failure);
            batch[0].Fail(failure);
            return;
        }

        // One bad item must not fail its neighbours: each gets one run of its own.
        Log.BatchFailed(logger, batch.Count, failure);
        foreach (BatchItem<TInput, TOutput> item in batch)
        {
            int alone = batcher.AloneSize;
            if (TryRun([item], alone, start, stopping) is { } own)
            {
                ReportSize(alone, own);
                Log.ItemFailed(logger, own);
                item.Fail(own);
            }
        }
    }

    private void ReportSize(int size, Exception failure)
    {
        if (failure is BatchFailureException { Failure: BatchFailure.TooLarge })
        {
            batcher.RunTooLarge(size);
            Log.RunTooLarge(logger, size, batcher.Cooldown.TotalSeconds, batcher.LargestSize, failure);
        }
    }

    private static void Fail(IReadOnlyList<BatchItem<TInput, TOutput>> batch, Exception failure)
    {
        foreach (BatchItem<TInput, TOutput> item in batch)
        {
            item.Fail(failure);
        }
    }

    /// <summary>Runs and answers <paramref name="batch"/>; what went wrong when it has no answers.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the runner throws is the answer of its items, and the worker goes on.")]
    private Exception? TryRun(IReadOnlyList<BatchItem<TInput, TOutput>> batch, int size, long start, CancellationToken stopping)
    {
        IReadOnlyList<TOutput> outputs;
        using (BatchRun run = new(batch.Select(item => item.Cancellation), stopping))
        {
            try
            {
                run.Cancellation.ThrowIfCancellationRequested();
                outputs = runner([.. batch.Select(item => item.Input)], size, run.Cancellation);
                if (outputs.Count != batch.Count)
                {
                    throw new InvalidOperationException($"The runner gave {outputs.Count} outputs for {batch.Count} inputs.");
                }
            }
            catch (OperationCanceledException) when (run.Cancellation.IsCancellationRequested)
            {
                foreach (BatchItem<TInput, TOutput> item in batch)
                {
                    item.Cancel();
                }

                return null;
            }
            catch (Exception exception)
            {
                return exception;
            }
        }

        TimeSpan runTime = time.GetElapsedTime(start);
        int callers = batch.Select(item => item.Caller).Distinct().Count();
        for (int i = 0; i < batch.Count; i++)
        {
            TimeSpan queueTime = time.GetElapsedTime(batch[i].EnqueuedAt, start);
            batch[i].Complete(new(outputs[i], batch.Count, callers, size - batch.Count, queueTime, runTime));
        }

        return null;
    }
}
