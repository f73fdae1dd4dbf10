namespace DiTask.Model.Evaluation;

/// <summary>One number of an evaluation.</summary>
/// <param name="Name">Task and metric: <c>semseg.miou</c>. A name that ends in <c>.ref</c> is what the authors' code computes under that word.</param>
/// <param name="Value">The number; NaN where nothing could be measured.</param>
/// <param name="Unit">%, deg, m, or empty.</param>
/// <param name="HigherIsBetter">Whether more is better.</param>
/// <param name="Headline">The one number of its task that tables and Delta-m use.</param>
public sealed record MetricValue(string Name, double Value, string Unit, bool HigherIsBetter, bool Headline = false);
