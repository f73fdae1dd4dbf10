namespace DiTask.Model.Data;

/// <summary>Makes examples on threads of its own, a bounded number ahead, and hands them out in order.</summary>
internal sealed class ExamplePipeline : IDisposable
{
    private readonly ReadOnlyMemory<int> indices;
    private readonly Func<int, Example> make;
    private readonly TaskCompletionSource<Example>[] results;
    private readonly SemaphoreSlim room;
    private readonly CancellationTokenSource stop;
    private readonly Thread[] threads;
    private int started = -1;
    private int taken;

    public ExamplePipeline(ReadOnlyMemory<int> indices, Func<int, Example> make, BatchLoaderOptions options, CancellationToken cancellation)
    {
        this.indices = indices;
        this.make = make;
        results = new TaskCompletionSource<Example>[indices.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = new TaskCompletionSource<Example>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        room = new SemaphoreSlim(options.BatchSize * (options.Prefetch + 1));
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        threads = new Thread[Math.Min(options.Threads, indices.Length)];
        for (int i = 0; i < threads.Length; i++)
        {
            // Not of the thread pool: decoding would keep it from what else runs there.
            threads[i] = new Thread(Work) { IsBackground = true, Name = $"ditask data {i}" };
            threads[i].Start();
        }
    }

    /// <summary>The next example; waits for it.</summary>
    /// <exception cref="OperationCanceledException">The enumeration was cancelled.</exception>
    public Example Take()
    {
        stop.Token.ThrowIfCancellationRequested();
        TaskCompletionSource<Example> result = results[taken];
        result.Task.WaitAsync(stop.Token).GetAwaiter().GetResult();
        // Once it is handed out, the pipeline keeps nothing of it.
        results[taken++] = null!;
        room.Release();
        return result.Task.Result;
    }

    /// <summary>Ends the threads and waits for them: each finishes the picture that it has begun.</summary>
    public void Dispose()
    {
        stop.Cancel();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        stop.Dispose();
        room.Dispose();
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                room.Wait(stop.Token);
                int place = Interlocked.Increment(ref started);
                if (place >= indices.Length)
                {
                    return;
                }

                Make(place);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The consumer has left.
        }
    }

    // Whatever a sample does wrong belongs to the consumer, when its turn comes.
    private void Make(int place)
    {
        TaskCompletionSource<Example> result = results[place];
        try
        {
            result.SetResult(make(indices.Span[place]));
        }
        catch (DatasetException error)
        {
            result.SetException(error);
        }
    }
}
