using System.Text;

namespace DiTask.Client;

/// <summary>What a <see cref="DiTaskClient"/> shows the service, and how it repeats requests that the service calls retryable.</summary>
public sealed record DiTaskClientOptions
{
    /// <summary>The key that the service asks for, sent as <c>Authorization: Bearer</c>; null for a service that asks for none. Use it over HTTPS only.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Most times that a request is repeated; 0 repeats none.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Longest pause before the first repetition; it doubles with each further one.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause of all. A service that asks for a longer one in Retry-After is not asked again.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of the pauses.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    // What a record writes of itself would put the key into somebody's log.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"ApiKey = {(ApiKey is null ? "none" : "***")}, MaxRetries = {MaxRetries}, RetryDelay = {RetryDelay}, MaxRetryDelay = {MaxRetryDelay}");
        return true;
    }
}
