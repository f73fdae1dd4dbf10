namespace DiTask.Api.Batching;

/// <summary>A run failed in a way that the batcher can learn from.</summary>
internal sealed class BatchFailureException(BatchFailure failure, Exception cause) : Exception($"The run failed: {failure}.", cause)
{
    public BatchFailure Failure { get; } = failure;
}
