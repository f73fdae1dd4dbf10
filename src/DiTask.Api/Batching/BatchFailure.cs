namespace DiTask.Api.Batching;

/// <summary>What a failed run says of the next one.</summary>
internal enum BatchFailure
{
    /// <summary>A smaller run may succeed.</summary>
    TooLarge,

    /// <summary>No run succeeds any more.</summary>
    Lost,
}
