namespace DiTask.Model.Diagnosis.Reports;

/// <summary>A task's headline number.</summary>
/// <param name="Task">Wire name.</param>
/// <param name="Metric">Name of the number.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">%, deg, m, or empty.</param>
/// <param name="HigherIsBetter">Whether more is better.</param>
internal sealed record ReportScore(string Task, string Metric, double Value, string Unit, bool HigherIsBetter);
