namespace DiTask.Model.Evaluation;

/// <summary>One task's part of Delta-m.</summary>
/// <param name="Task">Wire name.</param>
/// <param name="Metric">Name of the number compared.</param>
/// <param name="Value">What the model reaches.</param>
/// <param name="Baseline">Mean over the baseline's seeds.</param>
/// <param name="Seeds">Seeds of the baseline.</param>
/// <param name="Percent">Gain over the baseline in percent of it; positive is better, whichever way the number points.</param>
/// <param name="BaselineDeviation">Standard deviation over the seeds; null of one.</param>
public sealed record TaskDelta(string Task, string Metric, double Value, double Baseline, int Seeds, double Percent, double? BaselineDeviation = null);
