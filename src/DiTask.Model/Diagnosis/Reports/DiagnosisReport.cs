using DiTask.Model.Diagnosis.Affinity;
using DiTask.Model.Diagnosis.Costs;
using DiTask.Model.Diagnosis.Gradients;
using DiTask.Model.Diagnosis.Probes;
using DiTask.Model.Diagnosis.Signals;
using DiTask.Model.Diagnosis.Spectra;

namespace DiTask.Model.Diagnosis.Reports;

/// <summary>Everything that a diagnosis found.</summary>
internal sealed record DiagnosisReport
{
    /// <summary>The program and its version.</summary>
    public required string Tool { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The checkpoint's file name.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>How it was measured.</summary>
    public required ReportSettings Settings { get; init; }

    /// <summary>Wire names, in the order of every matrix.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>What the signals amount to.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The four signals.</summary>
    public required IReadOnlyList<Signal> Signals { get; init; }

    /// <summary>From which stage on to split.</summary>
    public required SplitAdvice Split { get; init; }

    /// <summary>Gradients, stage by stage and at the end all together.</summary>
    public required IReadOnlyList<GroupRelations> Gradients { get; init; }

    /// <summary>Norms of the gradients, task by task.</summary>
    public required IReadOnlyList<TaskNorms> Norms { get; init; }

    /// <summary>Linear probes on shared and on single-task features, of the tasks that a single-task checkpoint was given of.</summary>
    public IReadOnlyList<ProbeResult> Probes { get; init; } = [];

    /// <summary>Lookahead: what a step for the row's task does to the loss of the column's; positive helps.</summary>
    public required TaskMatrix Affinity { get; init; }

    /// <summary>Which tasks to train together.</summary>
    public required TaskGrouping Grouping { get; init; }

    /// <summary>Gains in percent after training the row's task alone.</summary>
    public required TaskMatrix Interference { get; init; }

    /// <summary>Scores of the checkpoint.</summary>
    public required IReadOnlyList<ReportScore> Scores { get; init; }

    /// <summary>Against single-task networks; null without baselines.</summary>
    public IReadOnlyList<TransferBadge>? Transfer { get; init; }

    /// <summary>Correlations of the pictures' loss changes since the earlier checkpoint; null without one.</summary>
    public TaskMatrix? Changes { get; init; }

    /// <summary>Parameters and multiply-adds.</summary>
    public required NetworkCost Cost { get; init; }

    /// <summary>Spectra and thetas; empty for a network without thetas.</summary>
    public required IReadOnlyList<WarpedLayer> Spectra { get; init; }

    /// <summary>Configurations to run when the verdict is to split: the shared network, then one per group.</summary>
    public IReadOnlyList<ReportConfig> Configs { get; init; } = [];

    /// <summary>What a reader must know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
