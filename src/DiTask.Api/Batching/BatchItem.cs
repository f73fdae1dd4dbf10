namespace DiTask.Api.Batching;

/// <summary>One input, and the answer that its caller waits for.</summary>
/// <remarks>
/// While it is queued, a caller that leaves gets its answer at once. From <see cref="TryTake"/> on the run may read the
/// input, so the answer comes when the run is over: a caller may reuse the input's memory as soon as it has its answer.
/// </remarks>
internal sealed class BatchItem<TInput, TOutput>
{
    private const int Queued = 0;
    private const int Taken = 1;
    private const int Left = 2;

    // Without this flag the worker would run the caller's encoding and HTTP write on its own thread.
    private readonly TaskCompletionSource<BatchAnswer<TOutput>> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration registration;
    private int state;

    public BatchItem(TInput input, BatchPriority priority, object caller, long enqueuedAt, long expiresAt, CancellationToken cancellation)
    {
        Input = input;
        Priority = priority;
        Caller = caller;
        EnqueuedAt = enqueuedAt;
        ExpiresAt = expiresAt;
        Cancellation = cancellation;
        registration = cancellation.UnsafeRegister(static item => ((BatchItem<TInput, TOutput>)item!).Leave(), this);
    }

    public TInput Input { get; }

    public BatchPriority Priority { get; }

    /// <summary>Equal for the items of one caller.</summary>
    public object Caller { get; }

    /// <summary>Timestamp of the queue's clock.</summary>
    public long EnqueuedAt { get; }

    /// <summary>Timestamp of the queue's clock from which nobody waits for the answer.</summary>
    public long ExpiresAt { get; }

    public CancellationToken Cancellation { get; }

    public Task<BatchAnswer<TOutput>> Answer => answer.Task;

    /// <summary>Whether the caller left while the item was queued.</summary>
    public bool HasLeft => Volatile.Read(ref state) == Left;

    /// <summary>Takes the item out of the queue for a run; false when its caller has left.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref state, Taken, Queued) == Queued;

    /// <summary>Ends an item that nobody runs any more.</summary>
    public void Expire()
    {
        if (TryTake())
        {
            Fail(new TimeoutException("The item expired in the queue."));
        }
    }

    public void Complete(BatchAnswer<TOutput> value)
    {
        registration.Unregister();
        answer.TrySetResult(value);
    }

    public void Fail(Exception exception)
    {
        registration.Unregister();
        answer.TrySetException(exception);
    }

    /// <summary>Ends a taken item whose run was stopped.</summary>
    public void Cancel()
    {
        registration.Unregister();
        answer.TrySetCanceled(Cancellation.IsCancellationRequested ? Cancellation : new CancellationToken(canceled: true));
    }

    private void Leave()
    {
        if (Interlocked.CompareExchange(ref state, Left, Queued) == Queued)
        {
            answer.TrySetCanceled(Cancellation);
        }
    }
}
