using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Batching;

/// <summary>A queue, bounded in items, that one worker empties in batches: first in, first out within a priority.</summary>
internal sealed class Batcher<TInput, TOutput>(IOptions<BatchingOptions> options, TimeProvider time)
{
    private readonly BatchingOptions options = options.Value;
    private readonly BatchSizes allSizes = options.Value.ReadSizes();
    private readonly Lock gate = new();
    private readonly List<BatchItem<TInput, TOutput>> interactive = [];
    private readonly List<BatchItem<TInput, TOutput>> bulk = [];
    private TaskCompletionSource change = NewChange();
    private IReadOnlyDictionary<int, TimeSpan> runTimes = new Dictionary<int, TimeSpan>();
    private double throughput;
    private int running;
    private int runsWithoutBulk;
    private BatchSizes? reducedSizes;
    private long reducedAt;
    private bool closed;

    /// <summary>How long an item waited, said when a run takes it.</summary>
    public event Action<BatchPriority, TimeSpan>? Waited;

    /// <summary>Items whose callers left while they were queued.</summary>
    public long Cancelled { get; private set; }

    /// <summary>Items that expired while they were queued.</summary>
    public long Expired { get; private set; }

    /// <summary>Rows of a run of one item.</summary>
    public int AloneSize
    {
        get
        {
            lock (gate)
            {
                return BatchPolicy.Plan(1, Sizes, options.Padding, runTimes).Size;
            }
        }
    }

    /// <summary>How long runs stay small after one that was too large.</summary>
    public TimeSpan Cooldown => options.MemoryCooldown;

    /// <summary>Most rows of a run now.</summary>
    public int LargestSize
    {
        get
        {
            lock (gate)
            {
                return Sizes.Largest;
            }
        }
    }

    /// <summary>Items that may wait.</summary>
    public int Capacity { get; private set; } = options.Value.QueueCapacity;

    /// <summary>Items that wait.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                DropDeparted();
                return Waiting;
            }
        }
    }

    /// <summary>Whether an item more would be refused, so that a caller need not prepare it.</summary>
    public bool IsFull => Count >= Capacity;

    /// <summary>Seconds until a refused caller should return.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Spreads callers out; nothing secret.")]
    public int RetryAfterSeconds
    {
        get
        {
            lock (gate)
            {
                return BatchPolicy.RetryAfterSeconds(Waiting + running, throughput, Random.Shared.NextDouble());
            }
        }
    }

    /// <summary>Learns what a run takes.</summary>
    /// <param name="measured">By allowed size.</param>
    public void Calibrate(IReadOnlyDictionary<int, TimeSpan> measured)
    {
        lock (gate)
        {
            runTimes = measured;
            throughput = BatchPolicy.Throughput(0, allSizes.Largest, measured[allSizes.Largest]);
            if (options.TargetLatency is { } target)
            {
                Capacity = BatchPolicy.Capacity(target, allSizes.Largest, measured[allSizes.Largest]);
            }
        }
    }

    /// <summary>Queues all <paramref name="inputs"/> of a caller, or none.</summary>
    /// <param name="inputs">In order.</param>
    /// <param name="patience">Time from now after which nobody waits for the answers.</param>
    /// <param name="priority">Of the caller.</param>
    /// <param name="answers">One per input; empty when refused.</param>
    /// <param name="cancellation">The caller left.</param>
    public BatchAdmission Submit(
        IReadOnlyList<TInput> inputs,
        TimeSpan patience,
        BatchPriority priority,
        out IReadOnlyList<Task<BatchAnswer<TOutput>>> answers,
        CancellationToken cancellation)
    {
        answers = [];
        lock (gate)
        {
            DropDeparted();
            if (closed)
            {
                return BatchAdmission.Closed;
            }

            if (!BatchPolicy.HasRoom(priority, inputs.Count, Waiting, bulk.Count, Capacity))
            {
                return BatchAdmission.QueueFull;
            }

            int ahead = running + interactive.Count + (priority == BatchPriority.Bulk ? bulk.Count : 0);
            if (BatchPolicy.EstimatedWait(ahead, throughput) > patience)
            {
                return BatchAdmission.DeadlineUnreachable;
            }

            long now = time.GetTimestamp();
            long expiresAt = now + (long)(patience.TotalSeconds * time.TimestampFrequency);
            object caller = new();
            var items = new BatchItem<TInput, TOutput>[inputs.Count];
            for (int i = 0; i < items.Length; i++)
            {
                items[i] = new(inputs[i], priority, caller, now, expiresAt, cancellation);
            }

            (priority == BatchPriority.Bulk ? bulk : interactive).AddRange(items);
            answers = Array.ConvertAll(items, item => item.Answer);
            Signal();
        }

        return BatchAdmission.Accepted;
    }

    /// <summary>Waits until a batch should run; false when the batcher is closed and empty.</summary>
    public async Task<bool> WaitForBatchAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            TimeSpan budget = Timeout.InfiniteTimeSpan;
            lock (gate)
            {
                DropDeparted();
                if (Waiting > 0)
                {
                    long oldest = interactive.Take(1).Concat(bulk.Take(1)).Min(item => item.EnqueuedAt);
                    budget = closed ? TimeSpan.Zero : BatchPolicy.WaitBudget(Waiting, time.GetElapsedTime(oldest), Sizes.Largest, options.MaxQueueDelay);
                    if (budget == TimeSpan.Zero)
                    {
                        return true;
                    }
                }
                else if (closed)
                {
                    return false;
                }

                changed = change.Task;
            }

            try
            {
                await changed.WaitAsync(budget, time, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // The oldest has waited long enough: the next look at the queue says so.
            }
        }
    }

    /// <summary>Takes the oldest interactive items, then the oldest bulk items, at most a batch; the other way round when bulk has waited for too many runs.</summary>
    /// <param name="size">Rows of the run that they make.</param>
    public IReadOnlyList<BatchItem<TInput, TOutput>> Collect(out int size)
    {
        List<BatchItem<TInput, TOutput>> batch = [];
        lock (gate)
        {
            DropDeparted();
            BatchPlan plan = Waiting > 0 ? BatchPolicy.Plan(Waiting, Sizes, options.Padding, runTimes) : default;
            size = plan.Size;
            bool isBulkFirst = BatchPolicy.IsBulkFirst(runsWithoutBulk);
            Take(isBulkFirst ? bulk : interactive, plan.Count, batch);
            Take(isBulkFirst ? interactive : bulk, plan.Count, batch);
            bool isBulkPassedOver = bulk.Count > 0 && batch.TrueForAll(item => item.Priority == BatchPriority.Interactive);
            runsWithoutBulk = isBulkPassedOver ? runsWithoutBulk + 1 : 0;
            running = batch.Count;
        }

        batch.ForEach(item => Waited?.Invoke(item.Priority, time.GetElapsedTime(item.EnqueuedAt)));

        return batch;
    }

    /// <summary>Learns from a run that is over.</summary>
    public void RunEnded(int count, TimeSpan runTime)
    {
        lock (gate)
        {
            running = 0;
            throughput = BatchPolicy.Throughput(throughput, count, runTime);
        }
    }

    /// <summary>Learns that there is no memory for a run of <paramref name="size"/> rows: for a while runs have half of that at most.</summary>
    public void RunTooLarge(int size)
    {
        lock (gate)
        {
            reducedSizes = allSizes.UpTo(Math.Max(1, size / 2));
            reducedAt = time.GetTimestamp();
        }
    }

    /// <summary>Refuses what comes from now on; what is queued still runs.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Signal();
        }
    }

    /// <summary>Ends what is queued without running it.</summary>
    public void Abandon()
    {
        lock (gate)
        {
            foreach (BatchItem<TInput, TOutput> item in interactive.Concat(bulk))
            {
                if (item.TryTake())
                {
                    item.Cancel();
                }
            }

            interactive.Clear();
            bulk.Clear();
        }
    }

    private int Waiting => interactive.Count + bulk.Count;

    private BatchSizes Sizes => reducedSizes is { } reduced && time.GetElapsedTime(reducedAt) < options.MemoryCooldown ? reduced : allSizes;

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        change.TrySetResult();
        change = NewChange();
    }

    private void Take(List<BatchItem<TInput, TOutput>> queue, int most, List<BatchItem<TInput, TOutput>> batch)
    {
        int looked = 0;
        while (looked < queue.Count && batch.Count < most)
        {
            BatchItem<TInput, TOutput> item = queue[looked++];
            if (item.TryTake())
            {
                batch.Add(item);
            }
            else
            {
                Cancelled++;
            }
        }

        queue.RemoveRange(0, looked);
    }

    private void DropDeparted()
    {
        long now = time.GetTimestamp();
        interactive.RemoveAll(item => IsGone(item, now));
        bulk.RemoveAll(item => IsGone(item, now));
    }

    private bool IsGone(BatchItem<TInput, TOutput> item, long now)
    {
        if (item.HasLeft)
        {
            Cancelled++;
            return true;
        }

        if (now < item.ExpiresAt)
        {
            return false;
        }

        Expired++;
        item.Expire();
        return true;
    }
}
