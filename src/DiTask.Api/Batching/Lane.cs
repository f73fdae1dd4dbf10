namespace DiTask.Api.Batching;

/// <summary>A device that does one thing at a time: whoever uses it waits for its turn, in the order of asking.</summary>
internal sealed class Lane : IDisposable
{
    // Its waiters are served first come, first served, as long as all of them wait asynchronously.
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile bool isLost;

    /// <summary>Whether the device works no more.</summary>
    public bool IsLost => isLost;

    /// <summary>Says that the device works no more.</summary>
    public void Lose() => isLost = true;

    /// <summary>Waits for the turn; disposing the answer ends it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        return new Turn(turn);
    }

    public void Dispose() => turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? held = turn;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
