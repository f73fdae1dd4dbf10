namespace DiTask.Api.Batching;

/// <summary>The time that a run takes, stopped when the last caller who waits for it has left.</summary>
internal sealed class BatchRun : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly List<CancellationTokenRegistration> registrations = [];
    private int waiting;

    public BatchRun(IEnumerable<CancellationToken> callers, CancellationToken stopping)
    {
        CancellationToken[] tokens = [.. callers];
        stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        waiting = tokens.Length;
        foreach (CancellationToken token in tokens)
        {
            registrations.Add(token.UnsafeRegister(static run => ((BatchRun)run!).Leave(), this));
        }
    }

    public CancellationToken Cancellation => stop.Token;

    public void Dispose()
    {
        // Dispose waits for a callback that runs, so none of them meets a disposed source.
        foreach (CancellationTokenRegistration registration in registrations)
        {
            registration.Dispose();
        }

        stop.Dispose();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref waiting) == 0)
        {
            stop.Cancel();
        }
    }
}
