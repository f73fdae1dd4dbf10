namespace DiTask.Model.Evaluation.Reports;

/// <summary>One model's part of a report.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tasks">Task by task.</param>
/// <param name="DeltaM">Gain over the baselines; null when none were given.</param>
public sealed record ReportRun(ReportModel Model, IReadOnlyList<ReportTask> Tasks, DeltaM? DeltaM = null)
{
    /// <summary>Headline of a task that was measured.</summary>
    public MetricValue HeadlineOf(string task) => Tasks.Single(entry => entry.Task == task).Headline;
}
