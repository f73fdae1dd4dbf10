using System.Diagnostics.CodeAnalysis;

namespace DiTask.Api.Predict;

/// <summary>Memory that may be in use at one time. Who finds it full waits in line, but not for ever.</summary>
internal sealed class MemoryBudget(long capacityBytes, TimeSpan patience, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> line = [];
    private long usedBytes;

    /// <summary>Takes a share of <paramref name="bytes"/>, given back by disposing it; null when there was none in time.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The share is the caller's.")]
    public async Task<IDisposable?> TryEnterAsync(long bytes, CancellationToken cancellation)
    {
        Waiter waiter = new(bytes);
        lock (gate)
        {
            line.AddLast(waiter);
            Admit();
        }

        try
        {
            await waiter.Admitted.Task.WaitAsync(patience, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            bool admitted;
            lock (gate)
            {
                admitted = !line.Remove(waiter);

                // Those behind a large one may fit now that it has left.
                Admit();
            }

            if (cancellation.IsCancellationRequested && admitted)
            {
                Leave(bytes);
            }

            cancellation.ThrowIfCancellationRequested();
            if (!admitted)
            {
                return null;
            }
        }

        return new Share(this, bytes);
    }

    private void Admit()
    {
        while (line.First is { } first && usedBytes + first.Value.Bytes <= capacityBytes)
        {
            line.RemoveFirst();
            usedBytes += first.Value.Bytes;
            first.Value.Admitted.SetResult();
        }
    }

    private void Leave(long bytes)
    {
        lock (gate)
        {
            usedBytes -= bytes;
            Admit();
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes { get; } = bytes;

        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Share(MemoryBudget budget, long bytes) : IDisposable
    {
        private MemoryBudget? budget = budget;

        public void Dispose() => Interlocked.Exchange(ref budget, null)?.Leave(bytes);
    }
}
