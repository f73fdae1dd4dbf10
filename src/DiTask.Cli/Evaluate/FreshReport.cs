using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;
using DiTask.Model.Files;

namespace DiTask.Cli.Evaluate;

/// <summary>What was measured just now, put on paper.</summary>
internal static class FreshReport
{
    /// <summary>The report of one model, with no baselines and nothing against it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scores">What was measured.</param>
    /// <param name="data">On what.</param>
    /// <param name="metrics">What the metrics left open.</param>
    /// <param name="provider">Where the model ran.</param>
    /// <param name="batchSize">Pictures per run.</param>
    /// <param name="clock">Says when.</param>
    public static EvaluationReport Of(
        ReportModel model, EvaluationScores scores, ReportDataset data, EvaluationOptions metrics, string provider, int batchSize, TimeProvider clock) => new()
    {
        Tool = MadeBy.Tool,
        Created = clock.GetUtcNow(),
        Protocol = Evaluator.Protocol,
        InputSize = scores.InputSize,
        EdgeTolerance = metrics.EdgeTolerance,
        Dataset = data,
        Run = new ReportRun(model, [.. scores.Tasks.Select(ReportTask.Of)]),
        Speed = new ReportSpeed(
            provider, batchSize, scores.Elapsed.TotalSeconds, scores.Images / scores.Elapsed.TotalSeconds, scores.Images / scores.ModelTime.TotalSeconds),
        Warnings = [.. scores.Tasks.SelectMany(task => task.Warnings)],
    };
}
