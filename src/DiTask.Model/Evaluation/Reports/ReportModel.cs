namespace DiTask.Model.Evaluation.Reports;

/// <summary>What was evaluated.</summary>
/// <param name="Name">Name of the model, or of the predictor that looks at no picture.</param>
/// <param name="Source">The checkpoint it was folded from; of such a predictor, what it was learnt from.</param>
public sealed record ReportModel(string Name, string Source)
{
    /// <summary>Version of the model; null where there is no model.</summary>
    public string? Version { get; init; }

    /// <summary>Digest of its graphs and weights; null where there is no model.</summary>
    public string? Digest { get; init; }

    /// <summary>Digest of the checkpoint; null where there is no model.</summary>
    public string? SourceSha256 { get; init; }

    /// <summary>What its users must know; null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Name and version.</summary>
    internal string Title => Version is null ? Name : $"{Name} {Version}";
}
