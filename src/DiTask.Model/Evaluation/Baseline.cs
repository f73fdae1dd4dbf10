namespace DiTask.Model.Evaluation;

/// <summary>What a task reaches in a network of its own.</summary>
/// <param name="Metric">Name of the number: <c>semseg.miou</c>.</param>
/// <param name="Values">The number in the unit of <see cref="MetricValue"/>, one per seed.</param>
/// <param name="Channels">Channels of the task's head where they matter, such as 21 for the classes of PASCAL; null for any.</param>
public sealed record Baseline(string Metric, IReadOnlyList<double> Values, int? Channels = null)
{
    /// <summary>Mean over the seeds.</summary>
    public double Mean() => Values.Average();

    /// <summary>Standard deviation over the seeds (n - 1); null of one seed.</summary>
    public double? StandardDeviation()
    {
        double mean = Mean();
        return Values.Count < 2 ? null : Math.Sqrt(Values.Sum(value => (value - mean) * (value - mean)) / (Values.Count - 1));
    }
}
