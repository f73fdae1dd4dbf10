using DiTask.Model.Data.Folders;
using DiTask.Model.Inference;
using DiTask.Model.Vision;

namespace DiTask.Cli.Evaluate;

/// <summary>What to evaluate, on what, and where the results go.</summary>
internal sealed record EvaluateOptions
{
    /// <summary>A folded model or a checkpoint.</summary>
    public required string Model { get; init; }

    /// <summary>Folder of labelled pictures.</summary>
    public required string Data { get; init; }

    public required string Split { get; init; }

    /// <summary>How the folder is read; its tasks are those typed, null for all.</summary>
    public required DatasetOptions Dataset { get; init; }

    /// <summary>A second model or checkpoint, or one of <see cref="LearntPrior.Names"/>.</summary>
    public string? Against { get; init; }

    /// <summary>Split of the same data that such a predictor is learnt from.</summary>
    public string PriorSplit { get; init; } = "";

    /// <summary>A file, or paper; null without Delta-m.</summary>
    public string? Baselines { get; init; }

    public string? Json { get; init; }

    public string? Markdown { get; init; }

    /// <summary>Folder for comparison panels.</summary>
    public string? Panels { get; init; }

    public int PanelCount { get; init; }

    /// <summary>Depth error with the brightest colour, in metres.</summary>
    public double PanelDepth { get; init; }

    /// <summary>Most pictures; null for all.</summary>
    public int? Limit { get; init; }

    public int BatchSize { get; init; }

    /// <summary>Share of the diagonal; null for the data set's own.</summary>
    public double? EdgeTolerance { get; init; }

    public PreprocessMode Preprocessing { get; init; }

    public SessionSettings Session { get; init; } = new();
}
