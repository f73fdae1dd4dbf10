using DiTask.Model.Evaluation;

namespace DiTask.Cli.Compare.Report;

/// <summary>Relative gains of one row over another, a number per seed that both have.</summary>
/// <param name="Percents">Gains in percent; above 0 is better.</param>
internal sealed record PairedGain(IReadOnlyList<double> Percents)
{
    private const double Clear = 2;

    /// <summary>Mean over the seeds.</summary>
    public double Mean => Percents.Average();

    /// <summary>Standard deviation over the seeds (n - 1); null of one seed.</summary>
    public double? Deviation => new Baseline("", Percents).StandardDeviation();

    /// <summary>1 for a mean above two standard deviations, -1 for one as far below 0, 0 between; null of one seed.</summary>
    public int? Sign => Deviation is not { } deviation ? null : Mean > Clear * deviation ? 1 : Mean < -Clear * deviation ? -1 : 0;
}
