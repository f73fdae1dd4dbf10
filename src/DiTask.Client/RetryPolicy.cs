namespace DiTask.Client;

/// <summary>Whether a failed attempt is repeated, and after what pause.</summary>
internal static class RetryPolicy
{
    /// <summary>The pause before the next attempt; null when there is none.</summary>
    /// <param name="error">Why the attempt failed.</param>
    /// <param name="retries">Repetitions so far.</param>
    /// <param name="options">Limits.</param>
    /// <param name="random">0 to 1: callers that were refused together should not come back together.</param>
    public static TimeSpan? PauseAfter(DiTaskException error, int retries, DiTaskClientOptions options, double random)
    {
        if (!error.Retryable || retries >= options.MaxRetries || error.RetryAfter > options.MaxRetryDelay)
        {
            return null;
        }

        double longestMs = Math.Min(options.RetryDelay.TotalMilliseconds * Math.Pow(2, retries), options.MaxRetryDelay.TotalMilliseconds);
        // At least half of it, so that a pause is one; on top of what the service asks for, which is a minimum.
        TimeSpan pause = TimeSpan.FromMilliseconds(longestMs * (0.5 + (random / 2)));
        return (error.RetryAfter ?? TimeSpan.Zero) + pause;
    }
}
