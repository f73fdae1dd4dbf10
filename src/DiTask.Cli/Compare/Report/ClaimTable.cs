using System.Globalization;

namespace DiTask.Cli.Compare.Report;

/// <summary>Claims and what became of them, as Markdown.</summary>
internal static class ClaimTable
{
    /// <summary>The table.</summary>
    /// <param name="results">At least one.</param>
    public static string Of(IReadOnlyList<ClaimResult> results)
    {
        string[] tasks = [.. results.SelectMany(result => result.Tasks.Keys).Distinct()];
        string[] lines =
        [
            Row(["claim", "better", "than", .. tasks, "mean", "tasks better", "seeds", "verdict"]),
            Row(["---", "---", "---", .. tasks.Select(_ => "---:"), "---:", "---:", "---:", "---"]),
            .. results.Select(result => Row(
            [
                result.Claim.Name, result.Claim.Better, result.Claim.Than,
                .. tasks.Select(task => result.Tasks.TryGetValue(task, out PairedGain? gain) ? Cell(gain) : ""),
                result.Mean is null ? "" : Cell(result.Mean),
                Better(result), Text(result.Mean?.Percents.Count ?? 0), result.Verdict,
            ])),
        ];
        return string.Concat(lines);
    }

    // Of one seed nothing can be said of clear gains.
    private static string Better(ClaimResult result)
    {
        string better = $"{Text(result.Tasks.Values.Count(gain => gain.Mean > 0))} of {Text(result.Tasks.Count)}";
        return result.Mean?.Sign is null ? better : $"{better}, {Text(result.Tasks.Values.Count(gain => gain.Sign > 0))} clearly";
    }

    private static string Cell(PairedGain gain)
    {
        string mean = gain.Mean.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
        return gain.Deviation is { } deviation ? string.Create(CultureInfo.InvariantCulture, $"{mean} ±{deviation:F2}") : mean;
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
