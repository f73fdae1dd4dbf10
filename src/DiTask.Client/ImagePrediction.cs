namespace DiTask.Client;

/// <summary>The maps of one image, or why it has none.</summary>
public sealed record ImagePrediction
{
    /// <summary>File name; made unique by the service.</summary>
    public required string Id { get; init; }

    /// <summary>The photo; null when its header could not be read.</summary>
    public SourceInfo? Source { get; init; }

    /// <summary>Task to map; empty when there is an error.</summary>
    public IReadOnlyDictionary<string, TaskMap> Maps { get; init => field = value ?? new Dictionary<string, TaskMap>(); } =
        new Dictionary<string, TaskMap>();

    /// <summary>Why there are no maps; null when there are.</summary>
    public ImageProblem? Error { get; init; }
}
