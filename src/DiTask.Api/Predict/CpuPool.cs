namespace DiTask.Api.Predict;

/// <summary>Bounds the pictures and maps that are worked on at one time, so that a burst of uploads does not starve the model's run.</summary>
internal sealed class CpuPool(int concurrency) : IDisposable
{
    private readonly SemaphoreSlim slots = new(concurrency);

    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancellation).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose() => slots.Dispose();
}
