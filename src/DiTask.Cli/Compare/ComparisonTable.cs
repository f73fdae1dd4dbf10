using System.Globalization;
using System.Text;
using DiTask.Model.Evaluation;
using DiTask.Model.Tasks;

namespace DiTask.Cli.Compare;

/// <summary>The runs of a comparison as one Markdown table: means over the seeds, with their standard deviations.</summary>
internal static class ComparisonTable
{
    /// <summary>The table of every run that is done; rows without one are named below it.</summary>
    public static string Of(Comparison comparison, string folder)
    {
        (string Name, ComparedRun[] Runs)[] rows =
            [.. comparison.AllRows.Select(row => (row, comparison.SeedsOf(row).Select(seed => ComparedRun.Of(ComparisonRuns.FolderOf(folder, row, seed))).OfType<ComparedRun>().ToArray()))];
        (string Name, ComparedRun[] Runs)[] done = [.. rows.Where(row => row.Runs.Length > 0)];
        if (done.Length == 0)
        {
            return "No run is done.\n";
        }

        string[] tasks = [.. TaskCatalog.Names.Where(done[0].Runs[0].Scores.ContainsKey)];
        ComparedRun[] alone = rows.First(row => row.Name == Comparison.SingleRow).Runs;
        IReadOnlyDictionary<string, double>? single = alone.Length == 0 ? null : tasks.ToDictionary(task => task, task => alone.Average(run => run.Scores[task].Value));
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"| row | seeds | theta | adapter | backbone | heads | {string.Join(" | ", tasks.Select(task => Heading(done[0].Runs[0].Scores[task])))} | Delta-m | ms/step |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| --- |{string.Concat(Enumerable.Repeat(" ---: |", tasks.Length + 7))}");
        foreach ((string name, ComparedRun[] runs) in done)
        {
            string[] cells =
            [
                name, .. Trained(runs),
                .. tasks.Select(task => Spread([.. runs.Select(run => run.Scores[task].Value)])),
                single is null ? "" : Spread([.. runs.Select(run => DeltaOf(run, single))], sign: true),
                runs.Average(run => run.MillisecondsPerStep)?.ToString("F0", CultureInfo.InvariantCulture) ?? "",
            ];
            text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |");
        }

        string[] missing = [.. rows.Where(row => row.Runs.Length < comparison.SeedsOf(row.Name).Count).Select(row => $"{row.Name} ({row.Runs.Length} of {comparison.SeedsOf(row.Name).Count})")];
        if (missing.Length > 0)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Not complete: {string.Join(", ", missing)}.");
        }

        return text.Replace("\r\n", "\n").ToString();
    }

    // What is not trained has neither seeds nor parameters.
    private static string[] Trained(ComparedRun[] runs) => runs[0].Parameters is { } parameters
        ? [Count(runs.Length), Count(parameters.Thetas), Count(parameters.Adapters), Count(parameters.Extras + parameters.Backbone), Count(parameters.Decoders)]
        : ["", "", "", "", ""];

    /// <summary>Delta-m of a run against the means of the single-task networks.</summary>
    public static double DeltaOf(ComparedRun run, IReadOnlyDictionary<string, double> single) =>
        run.Scores.Average(score => DeltaM.Gain(score.Value.Value, single[score.Key], score.Value.HigherIsBetter));

    private static string Heading(ComparedScore score) => $"{score.Metric} {(score.HigherIsBetter ? "up" : "down")}";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Spread(double[] values, bool sign = false)
    {
        double mean = values.Average();
        string text = mean.ToString(sign ? "+0.00;-0.00;+0.00" : Math.Abs(mean) < 10 ? "F3" : "F2", CultureInfo.InvariantCulture);
        return values.Length < 2 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} ±{new Baseline("", values).StandardDeviation():F2}");
    }
}
