namespace DiTask.Api.Batching;

/// <summary>The decisions of the batcher, apart from waiting: time and chance are arguments.</summary>
internal static class BatchPolicy
{
    /// <summary>Weight of the newest run in the moving average of the throughput.</summary>
    private const double NewestWeight = 0.25;

    private const int MinRetrySeconds = 1;
    private const int MaxRetrySeconds = 30;

    /// <summary>Share of the Retry-After that chance may add, so that refused callers do not return together.</summary>
    private const double JitterShare = 0.25;

    /// <summary>How long a batch of <paramref name="count"/> may still wait for company; zero says run now.</summary>
    public static TimeSpan WaitBudget(int count, TimeSpan oldestAge, BatchingOptions options)
    {
        TimeSpan left = options.MaxQueueDelay - oldestAge;
        return count >= options.MaxBatchSize || left <= TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    /// <summary>Items per second after a run of <paramref name="count"/> items; <paramref name="average"/> is zero before the first run.</summary>
    public static double Throughput(double average, int count, TimeSpan runTime)
    {
        double newest = count / Math.Max(runTime.TotalSeconds, 1e-6);
        return average <= 0 ? newest : average + NewestWeight * (newest - average);
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
}
