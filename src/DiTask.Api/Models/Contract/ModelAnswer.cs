using DiTask.Model.Artifacts;

namespace DiTask.Api.Models.Contract;

/// <summary>A served model.</summary>
internal sealed record ModelAnswer
{
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the model.</summary>
    public required string Version { get; init; }

    /// <summary>warming, ready, draining or failed.</summary>
    public required string State { get; init; }

    /// <summary>Digest of its graphs and weights.</summary>
    public required string Digest { get; init; }

    /// <summary>Execution provider in use: cpu, cuda, webgpu.</summary>
    public required string Provider { get; init; }

    /// <summary>What to know before trusting the maps; absent when there is nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Architecture, for people.</summary>
    public required string Architecture { get; init; }

    /// <summary>What the model reads, and how a photo becomes that.</summary>
    public required InputSpec Input { get; init; }

    /// <summary>Names of its tasks.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>Most images of one run.</summary>
    public required int MaxBatchSize { get; init; }
}
