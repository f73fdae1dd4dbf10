using DiTask.Model.Evaluation;

namespace DiTask.Cli.Compare;

/// <summary>What is done of a row.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Runs">Its runs, by seed.</param>
/// <param name="Deltas">Delta-m of each run in percent; none while the single-task networks are missing.</param>
internal sealed record ComparedRow(string Name, IReadOnlyList<ComparedRun> Runs, IReadOnlyList<double> Deltas)
{
    /// <summary>Mean of <see cref="Deltas"/>.</summary>
    public double Delta => Deltas.Average();

    /// <summary>Standard deviation of <see cref="Deltas"/> (n - 1); null of one seed.</summary>
    public double? Deviation => new Baseline("", Deltas).StandardDeviation();

    /// <summary>Whether anything of it learnt by steps.</summary>
    public bool IsTrained => Runs[0].Parameters is { Trained: > 0 };

    /// <summary>Trained parameters other than those of the heads.</summary>
    public long Parameters => Runs[0].Parameters is { } report ? report.Thetas + report.Adapters + report.Extras + report.Backbone : 0;

    /// <summary>The rows with a run, in the order of the table.</summary>
    public static IReadOnlyList<ComparedRow> Read(Comparison comparison, string folder)
    {
        (string Name, ComparedRun[] Runs)[] rows =
            [.. comparison.AllRows.Select(row => (row, comparison.SeedsOf(row).Select(seed => ComparedRun.Of(ComparisonRuns.FolderOf(folder, row, seed))).OfType<ComparedRun>().ToArray()))];
        ComparedRun[] single = [.. rows.Where(row => row.Name == Comparison.SingleRow).SelectMany(row => row.Runs)];
        Dictionary<string, double> means = single.Length == 0 ? [] : single[0].Scores.Keys.ToDictionary(task => task, task => single.Average(run => run.Scores[task].Value));
        return [.. rows.Where(row => row.Runs.Length > 0)
            .Select(row => new ComparedRow(row.Name, row.Runs, means.Count == 0 ? [] : [.. row.Runs.Select(run => DeltaOf(run, means))]))];
    }

    private static double DeltaOf(ComparedRun run, Dictionary<string, double> single) =>
        run.Scores.Average(score => DeltaM.Gain(score.Value.Value, single[score.Key], score.Value.HigherIsBetter));
}
