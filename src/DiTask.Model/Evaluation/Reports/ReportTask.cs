using System.Text.Json.Serialization;

namespace DiTask.Model.Evaluation.Reports;

/// <summary>One task of a report.</summary>
/// <param name="Task">Wire name.</param>
/// <param name="LabelledImages">Pictures with at least one known pixel.</param>
/// <param name="KnownPixels">Pixels with a label.</param>
/// <param name="Metrics">The numbers, the headline first.</param>
/// <param name="Classes">One entry per class of a label task; empty otherwise.</param>
public sealed record ReportTask(
    string Task, int LabelledImages, long KnownPixels, IReadOnlyList<MetricValue> Metrics, IReadOnlyList<ClassScore> Classes)
{
    /// <summary>The one number that stands for the task.</summary>
    [JsonIgnore]
    public MetricValue Headline => Metrics.Single(metric => metric.Headline);

    /// <summary>The report of what was measured of a task.</summary>
    public static ReportTask Of(TaskScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return new ReportTask(scores.Task.Name, scores.LabelledImages, scores.KnownPixels, scores.Metrics, scores.Classes);
    }
}
