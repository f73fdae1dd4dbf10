namespace DiTask.Model.Training.Config;

/// <summary>Evaluation while training.</summary>
public sealed record ValidationOptions
{
    /// <summary>Epochs between two evaluations; the last epoch is always evaluated. 0 for never. Default 5.</summary>
    public int Every { get; init; } = 5;

    /// <summary>Use only the first pictures of the split; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Single-task scores that Delta-m compares with: a file, or <c>paper</c>. Null: the best epoch is the one with the lowest weighted loss.</summary>
    public string? Baselines { get; init; }

    /// <summary>Evaluations without an improvement after which the run stops; null to go on to the end.</summary>
    public int? Patience { get; init; }

    /// <summary>What counts as an improvement of the score. Default 0.05.</summary>
    public double MinDelta { get; init; } = 0.05;
}
