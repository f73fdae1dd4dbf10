using DiTask.Model.Evaluation;

namespace DiTask.Model.Diagnosis.Signals;

/// <summary>Whether a task suffers from the others: its score against a network of its own.</summary>
/// <param name="Task">Wire name.</param>
/// <param name="Metric">The number.</param>
/// <param name="Value">Its value here.</param>
/// <param name="SingleTask">Its value in a network of its own.</param>
/// <param name="Percent">Gain in percent; positive is better.</param>
/// <param name="Limit">A loss beyond it is no accident: 0.5 %, or twice the deviation of the seeds.</param>
/// <param name="Suffers">Negative transfer.</param>
/// <param name="Indicative">Fewer than three seeds: not a proof.</param>
internal sealed record TransferBadge(string Task, string Metric, double Value, double SingleTask, double Percent, double Limit, bool Suffers, bool Indicative)
{
    private const double LeastLimit = 0.5;
    private const int FewestSeeds = 3;

    /// <summary>Of one task's part of Delta-m.</summary>
    public static TransferBadge Of(TaskDelta delta)
    {
        double deviation = 100 * (delta.BaselineDeviation ?? 0) / delta.Baseline;
        double limit = Math.Max(LeastLimit, 2 * deviation);
        return new TransferBadge(delta.Task, delta.Metric, delta.Value, delta.Baseline, delta.Percent, limit, delta.Percent < -limit, delta.Seeds < FewestSeeds);
    }
}
