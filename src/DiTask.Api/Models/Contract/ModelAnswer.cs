using System.Text.Json.Serialization;
using DiTask.Model.Artifacts;

namespace DiTask.Api.Models.Contract;

/// <summary>A model: the version that answers requests which name none, and in short all its versions.</summary>
internal sealed record ModelAnswer
{
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Version that the members below describe.</summary>
    public required string Version { get; init; }

    /// <summary>loading, warming, ready, draining or failed.</summary>
    public required string State { get; init; }

    /// <summary>Why it failed; absent when it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it answers requests that name no model.</summary>
    [JsonPropertyName("default")]
    public required bool IsDefault { get; init; }

    /// <summary>Digest of its graphs and weights; absent until it is opened.</summary>
    public string? Digest { get; init; }

    /// <summary>Execution provider in use: cpu, cuda, coreml; absent until it is opened.</summary>
    public string? Provider { get; init; }

    /// <summary>What to know before trusting the maps; absent when there is nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Architecture, for people; absent until it is opened.</summary>
    public string? Architecture { get; init; }

    /// <summary>What the model reads, and how a photo becomes that; absent until it is opened.</summary>
    public InputSpec? Input { get; init; }

    /// <summary>Names of its tasks.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>Most images of one run.</summary>
    public required int MaxBatchSize { get; init; }

    /// <summary>Most images that wait for it.</summary>
    public required int QueueCapacity { get; init; }

    /// <summary>All its versions, from lowest to highest.</summary>
    public required IReadOnlyList<VersionAnswer> Versions { get; init; }
}
