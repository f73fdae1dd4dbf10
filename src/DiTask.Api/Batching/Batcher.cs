using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Batching;

/// <summary>A first-in first-out queue, bounded in items, that one worker empties in batches.</summary>
internal sealed class Batcher<TInput, TOutput>(IOptions<BatchingOptions> options, TimeProvider time)
{
    private readonly BatchingOptions options = options.Value;
    private readonly BatchSizes sizes = options.Value.ReadSizes();
    private readonly Lock gate = new();
    private readonly List<BatchItem<TInput, TOutput>> queue = [];
    private TaskCompletionSource change = NewChange();
    private IReadOnlyDictionary<int, TimeSpan> runTimes = new Dictionary<int, TimeSpan>();
    private double throughput;
    private int running;
    private bool closed;

    /// <summary>How long an item waited, said when a run takes it.</summary>
    public event Action<TimeSpan>? Waited;

    /// <summary>Items whose callers left while they were queued.</summary>
    public long Cancelled { get; private set; }

    /// <summary>Items that expired while they were queued.</summary>
    public long Expired { get; private set; }

    /// <summary>Rows of a run of one item.</summary>
    public int AloneSize => BatchPolicy.Plan(1, sizes, options.Padding, runTimes).Size;

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
                return queue.Count;
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
                return BatchPolicy.RetryAfterSeconds(queue.Count + running, throughput, Random.Shared.NextDouble());
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
            throughput = BatchPolicy.Throughput(0, sizes.Largest, measured[sizes.Largest]);
            if (options.TargetLatency is { } target)
            {
                Capacity = BatchPolicy.Capacity(target, sizes.Largest, measured[sizes.Largest]);
            }
        }
    }

    /// <summary>Queues all <paramref name="inputs"/> of a caller, or none.</summary>
    /// <param name="inputs">In order.</param>
    /// <param name="patience">Time from now after which nobody waits for the answers.</param>
    /// <param name="answers">One per input; empty when refused.</param>
    /// <param name="cancellation">The caller left.</param>
    public BatchAdmission Submit(
        IReadOnlyList<TInput> inputs, TimeSpan patience, out IReadOnlyList<Task<BatchAnswer<TOutput>>> answers, CancellationToken cancellation)
    {
        answers = [];
        lock (gate)
        {
            DropDeparted();
            if (closed)
            {
                return BatchAdmission.Closed;
            }

            if (queue.Count + inputs.Count > Capacity)
            {
                return BatchAdmission.QueueFull;
            }

            if (BatchPolicy.EstimatedWait(queue.Count + running, throughput) > patience)
            {
                return BatchAdmission.DeadlineUnreachable;
            }

            long now = time.GetTimestamp();
            long expiresAt = now + (long)(patience.TotalSeconds * time.TimestampFrequency);
            object caller = new();
            var items = new BatchItem<TInput, TOutput>[inputs.Count];
            for (int i = 0; i < items.Length; i++)
            {
                items[i] = new(inputs[i], caller, now, expiresAt, cancellation);
            }

            queue.AddRange(items);
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
                if (queue.Count > 0)
                {
                    budget = closed ? TimeSpan.Zero : BatchPolicy.WaitBudget(queue.Count, time.GetElapsedTime(queue[0].EnqueuedAt), sizes.Largest, options.MaxQueueDelay);
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

    /// <summary>Takes the oldest items, at most a batch.</summary>
    /// <param name="size">Rows of the run that they make.</param>
    public IReadOnlyList<BatchItem<TInput, TOutput>> Collect(out int size)
    {
        List<BatchItem<TInput, TOutput>> batch = [];
        lock (gate)
        {
            DropDeparted();
            BatchPlan plan = queue.Count > 0 ? BatchPolicy.Plan(queue.Count, sizes, options.Padding, runTimes) : default;
            size = plan.Size;
            int looked = 0;
            while (looked < queue.Count && batch.Count < plan.Count)
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
            running = batch.Count;
        }

        batch.ForEach(item => Waited?.Invoke(time.GetElapsedTime(item.EnqueuedAt)));

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
            foreach (BatchItem<TInput, TOutput> item in queue)
            {
                if (item.TryTake())
                {
                    item.Cancel();
                }
            }

            queue.Clear();
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        change.TrySetResult();
        change = NewChange();
    }

    private void DropDeparted()
    {
        long now = time.GetTimestamp();
        queue.RemoveAll(item =>
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
        });
    }
}
