namespace DiTask.Api.Batching;

/// <summary>Whether a caller's items were queued.</summary>
internal enum BatchAdmission
{
    Accepted,

    /// <summary>The queue has no room for all of them.</summary>
    QueueFull,

    /// <summary>At the present throughput they would expire in the queue.</summary>
    DeadlineUnreachable,

    /// <summary>The batcher is closing.</summary>
    Closed,
}
