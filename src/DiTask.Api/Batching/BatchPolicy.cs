namespace DiTask.Api.Batching;

/// <summary>The decisions of the batcher, apart from waiting: time and chance are arguments.</summary>
internal static class BatchPolicy
{
    /// <summary>Weight of the newest run in the moving average of the throughput.</summary>
    private const double NewestWeight = 0.25;

    /// <summary>More than this many waiting images help nobody, however fast the model is.</summary>
    private const int MaxCapacity = 4096;

    /// <summary>Runs that may pass over waiting bulk items: they get a run in five.</summary>
    private const int MaxRunsWithoutBulk = 4;

    private const int MinRetrySeconds = 1;
    private const int MaxRetrySeconds = 30;

    /// <summary>Share of the Retry-After that chance may add, so that refused callers do not return together.</summary>
    private const double JitterShare = 0.25;

    /// <summary>How long a batch of <paramref name="count"/> may still wait for company; zero says run now.</summary>
    public static TimeSpan WaitBudget(int count, TimeSpan oldestAge, int largest, TimeSpan maxQueueDelay)
    {
        TimeSpan left = maxQueueDelay - oldestAge;
        return count >= largest || left <= TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    /// <summary>What to run of <paramref name="count"/> items that wait.</summary>
    /// <param name="count">At least 1.</param>
    /// <param name="sizes">Allowed sizes.</param>
    /// <param name="padding">When to fill up.</param>
    /// <param name="runTimes">By allowed size, what a run takes; empty when nothing is known, and then nothing is filled up for speed.</param>
    public static BatchPlan Plan(int count, BatchSizes sizes, BatchPadding padding, IReadOnlyDictionary<int, TimeSpan> runTimes)
    {
        if (padding == BatchPadding.Always)
        {
            return new BatchPlan(Math.Min(count, sizes.Largest), sizes.Largest);
        }

        int split = sizes.AtMost(count);
        int padded = sizes.AtLeast(count);
        bool isPadded = padding == BatchPadding.Auto && count < padded && runTimes.Count > 0
            && runTimes[padded] < runTimes[split] + Cheapest(count - split, sizes, runTimes);
        return isPadded ? new BatchPlan(count, padded) : new BatchPlan(split, split);
    }

    /// <summary>Whether a caller's items are let in.</summary>
    /// <param name="priority">Of the caller.</param>
    /// <param name="asked">Items of the caller.</param>
    /// <param name="waiting">Items that wait.</param>
    /// <param name="bulk">Those of them that are bulk.</param>
    /// <param name="capacity">Items that may wait.</param>
    /// <remarks>Bulk fills half of the queue at most, so that it cannot shut the door on others; a caller with more than that gets in alone.</remarks>
    public static bool HasRoom(BatchPriority priority, int asked, int waiting, int bulk, int capacity) =>
        waiting + asked <= capacity && (priority == BatchPriority.Interactive || bulk == 0 || bulk + asked <= capacity / 2);

    /// <summary>Whether the next run begins with bulk items: after a few runs in a row had no place for any of them.</summary>
    public static bool IsBulkFirst(int runsWithoutBulk) => runsWithoutBulk >= MaxRunsWithoutBulk;

    /// <summary>Items per second after a run of <paramref name="count"/> items; <paramref name="average"/> is zero before the first run.</summary>
    public static double Throughput(double average, int count, TimeSpan runTime)
    {
        double newest = count / Math.Max(runTime.TotalSeconds, 1e-6);
        return average <= 0 ? newest : average + NewestWeight * (newest - average);
    }

    /// <summary>Items that may wait so that the last of them is answered within <paramref name="target"/>; two full batches at least.</summary>
    public static int Capacity(TimeSpan target, int largest, TimeSpan runTime)
    {
        double throughput = Throughput(0, largest, runTime);
        double capacity = Math.Floor(throughput * (target - runTime).TotalSeconds);
        return (int)Math.Clamp(capacity, 2 * largest, MaxCapacity);
    }

    /// <summary>How long <paramref name="ahead"/> items take; zero while the throughput is not known.</summary>
    public static TimeSpan EstimatedWait(int ahead, double throughput) =>
        throughput <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(ahead / throughput);

    /// <summary>Whole seconds until a refused caller should return.</summary>
    /// <param name="ahead">Items queued and running.</param>
    /// <param name="throughput">Items per second; zero when not known.</param>
    /// <param name="jitter">Chance in [0, 1).</param>
    public static int RetryAfterSeconds(int ahead, double throughput, double jitter)
    {
        double wait = Math.Ceiling(EstimatedWait(ahead, throughput).TotalSeconds);
        double clamped = Math.Clamp(wait, MinRetrySeconds, MaxRetrySeconds);
        return (int)Math.Round(clamped * (1 + JitterShare * jitter));
    }

    /// <summary>What <paramref name="count"/> items cost, fewer than the largest size, when each part is filled up or split, whichever is faster.</summary>
    private static TimeSpan Cheapest(int count, BatchSizes sizes, IReadOnlyDictionary<int, TimeSpan> runTimes)
    {
        if (count == 0)
        {
            return TimeSpan.Zero;
        }

        int split = sizes.AtMost(count);
        TimeSpan parts = runTimes[split] + Cheapest(count - split, sizes, runTimes);
        TimeSpan padded = runTimes[sizes.AtLeast(count)];
        return padded < parts ? padded : parts;
    }
}
