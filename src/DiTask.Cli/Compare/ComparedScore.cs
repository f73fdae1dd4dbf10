namespace DiTask.Cli.Compare;

/// <summary>The headline number of a task.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Value">In the unit of the metric.</param>
/// <param name="HigherIsBetter">Whether more is better.</param>
internal sealed record ComparedScore(string Metric, double Value, bool HigherIsBetter);
