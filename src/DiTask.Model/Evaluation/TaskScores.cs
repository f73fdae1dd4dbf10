using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation;

/// <summary>Everything measured of one task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Images">Images seen.</param>
/// <param name="LabelledImages">Images with at least one known pixel of the task; no other takes part.</param>
/// <param name="KnownPixels">Pixels with a label.</param>
/// <param name="Metrics">The numbers, the headline first.</param>
/// <param name="Classes">One entry per class of a label task; empty otherwise.</param>
/// <param name="Warnings">What a reader must know before using the numbers.</param>
public sealed record TaskScores(
    TaskInfo Task,
    int Images,
    int LabelledImages,
    long KnownPixels,
    IReadOnlyList<MetricValue> Metrics,
    IReadOnlyList<ClassScore> Classes,
    IReadOnlyList<string> Warnings)
{
    /// <summary>The number that tables and Delta-m use.</summary>
    public MetricValue Headline => Metrics.First(metric => metric.Headline);
}
