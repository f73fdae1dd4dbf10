namespace DiTask.Client;

/// <summary>A served model.</summary>
public sealed record ModelDescription
{
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Version that answers requests which name none.</summary>
    public required string Version { get; init; }

    /// <summary>loading, warming, ready, draining or failed.</summary>
    public required string State { get; init; }

    /// <summary>Digest of its graphs and weights; null until it is opened.</summary>
    public string? Digest { get; init; }

    /// <summary>Execution provider: cpu, cuda, coreml; null until it is opened.</summary>
    public string? Provider { get; init; }

    /// <summary>What to know before trusting the maps; null when there is nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Architecture, for people; null until it is opened.</summary>
    public string? Architecture { get; init; }

    /// <summary>What the model reads; null until it is opened.</summary>
    public ModelInput? Input { get; init; }

    /// <summary>Names of its tasks.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>Most images of one run.</summary>
    public required int MaxBatchSize { get; init; }
}
