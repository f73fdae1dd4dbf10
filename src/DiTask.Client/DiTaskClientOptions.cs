namespace DiTask.Client;

/// <summary>How a <see cref="DiTaskClient"/> repeats requests that the service calls retryable.</summary>
public sealed record DiTaskClientOptions
{
    /// <summary>Most times that a request is repeated; 0 repeats none.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Longest pause before the first repetition; it doubles with each further one.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause of all. A service that asks for a longer one in Retry-After is not asked again.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of the pauses.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
