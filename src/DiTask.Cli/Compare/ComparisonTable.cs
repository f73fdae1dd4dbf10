using System.Globalization;
using System.Text;
using DiTask.Model.Evaluation;
using DiTask.Model.Tasks;

namespace DiTask.Cli.Compare;

/// <summary>The runs of a comparison as one Markdown table: means over the seeds, with their standard deviations.</summary>
internal static class ComparisonTable
{
    /// <summary>The table of every run that is done; rows without one are named below it.</summary>
    public static string Of(Comparison comparison, IReadOnlyList<ComparedRow> done)
    {
        if (done.Count == 0)
        {
            return "No run is done.\n";
        }

        string[] tasks = [.. TaskCatalog.Names.Where(done[0].Runs[0].Scores.ContainsKey)];
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"| row | seeds | theta | adapter | backbone | heads | {string.Join(" | ", tasks.Select(task => Heading(done[0].Runs[0].Scores[task])))}{(comparison.Single is null ? "" : " | Delta-m")} | ms/step |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| --- |{string.Concat(Enumerable.Repeat(" ---: |", tasks.Length + (comparison.Single is null ? 6 : 7)))}");
        foreach (ComparedRow row in done)
        {
            string[] cells =
            [
                row.Name, .. Trained(row.Runs),
                .. tasks.Select(task => Spread([.. row.Runs.Select(run => run.Scores[task].Value)])),
                .. comparison.Single is null ? Array.Empty<string>() : [row.Deltas.Count == 0 ? "" : Spread(row.Deltas, sign: true)],
                row.Runs.Average(run => run.MillisecondsPerStep)?.ToString("F0", CultureInfo.InvariantCulture) ?? "",
            ];
            text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |");
        }

        string[] missing = [.. comparison.AllRows
            .Select(name => (Name: name, Done: done.FirstOrDefault(row => row.Name == name)?.Runs.Count ?? 0, Wanted: comparison.SeedsOf(name).Count))
            .Where(row => row.Done < row.Wanted)
            .Select(row => $"{row.Name} ({row.Done} of {row.Wanted})")];
        if (missing.Length > 0)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Not complete: {string.Join(", ", missing)}.");
        }

        return text.Replace("\r\n", "\n").ToString();
    }

    // What is not trained has neither seeds nor parameters.
    private static string[] Trained(IReadOnlyList<ComparedRun> runs) => runs[0].Parameters is { } parameters
        ? [Count(runs.Count), Count(parameters.Thetas), Count(parameters.Adapters), Count(parameters.Extras + parameters.Backbone), Count(parameters.Decoders)]
        : ["", "", "", "", ""];

    private static string Heading(ComparedScore score) => $"{score.Metric} {(score.HigherIsBetter ? "up" : "down")}";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Spread(IReadOnlyList<double> values, bool sign = false)
    {
        double mean = values.Average();
        string text = mean.ToString(sign ? "+0.00;-0.00;+0.00" : Math.Abs(mean) < 10 ? "F3" : "F2", CultureInfo.InvariantCulture);
        return values.Count < 2 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} ±{new Baseline("", values).StandardDeviation():F2}");
    }
}
