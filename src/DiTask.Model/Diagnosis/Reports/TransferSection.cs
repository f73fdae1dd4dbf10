using DiTask.Model.Charts;
using DiTask.Model.Diagnosis.Charts;

namespace DiTask.Model.Diagnosis.Reports;

/// <summary>What the tasks do to each other: affinity, interference, scores against single-task networks.</summary>
internal static class TransferSection
{
    /// <summary>The section.</summary>
    public static string Write(DiagnosisReport report)
    {
        ReportSettings settings = report.Settings;
        string affinity = HtmlText.Card(
            "Affinity: one step ahead",
            HeatMap.Draw(report.Affinity, null, value => HtmlText.Number(100 * value, "+0.00;-0.00;0.00"), "Affinity", hasDiagonal: true),
            $"Percent by which the column's loss falls after one step along the row's gradient, mean of {settings.Batches} batches.");
        string interference = HtmlText.Card(
            "Interference: train one alone",
            HeatMap.Draw(report.Interference, null, value => HtmlText.Number(value, "+0.00;-0.00;0.00"), "Interference", hasDiagonal: true),
            $"Percent by which the column's score gets better after {settings.Steps} steps for the row's task alone, on {settings.Pictures} pictures.");
        return HtmlText.Heading("What does training one task do to the others?", "Row acts on column. Blue: the column's task gains. Red: it pays.")
            + $"<div class=\"row wide\">{affinity}{interference}</div>"
            + $"<div class=\"row wide\" style=\"margin-top:14px\">{Grouping(report)}{Changes(report)}</div>"
            + $"<div class=\"card\"><h3>Scores of this checkpoint{(report.Transfer is null ? "" : ", against single-task networks")}</h3>{Scores(report)}</div>";
    }

    private static string Grouping(DiagnosisReport report)
    {
        string groups = string.Concat(report.Grouping.Groups.Select(group => $"<span>{Svg.Safe(string.Join(" + ", group))}</span>"));
        string text = $"Mean affinity {HtmlText.Number(100 * report.Grouping.Affinity, "+0.00;-0.00;0.00")} %, all tasks together {HtmlText.Number(100 * report.Grouping.Together, "+0.00;-0.00;0.00")} %. "
            + $"The groups' networks take {HtmlText.Number(report.Grouping.GigaMacs, "0.00##")} GMAC per picture, one network for all {HtmlText.Number(report.Cost.Of(report.Tasks), "0.00##")}.";
        return $"<div class=\"card\"><h3>Suggested grouping</h3><div class=\"groups\">{groups}</div><p class=\"soft\" style=\"margin:0\">{Svg.Safe(text)} The best of all ways to divide the tasks, by affinity alone; it says nothing of how far training would get.</p></div>";
    }

    private static string Changes(DiagnosisReport report) => report.Changes is null
        ? "<div class=\"card\"><h3>Changes since an earlier checkpoint</h3><p class=\"soft\" style=\"margin:0\">No earlier checkpoint was given (--earlier), so whether gains of one task come with losses of another is not known.</p></div>"
        : HtmlText.Card(
            "Changes since the earlier checkpoint",
            HeatMap.Draw(report.Changes, 1, value => HtmlText.Number(value, "+0.00;-0.00;0.00"), "Correlations of loss changes", hasDiagonal: false),
            "Correlation, over pictures, of how the tasks' losses changed. Below -0.5: what one gained, another lost.");

    private static string Scores(DiagnosisReport report)
    {
        if (report.Transfer is not { } transfer)
        {
            return HtmlText.Table(
                ["task", "metric", "value"],
                report.Scores.Select(score => (string[])[score.Task, score.Metric, $"{HtmlText.Number(score.Value, "0.000")} {score.Unit}"]))
                + "<p class=\"soft\" style=\"margin:12px 0 0\">No single-task results were given (--baselines), so negative transfer could not be judged.</p>";
        }

        return HtmlText.Table(
            ["task", "metric", "here", "single-task", "difference", "limit", "transfer"],
            transfer.Select(badge => (string[])
            [
                badge.Task,
                badge.Metric,
                HtmlText.Number(badge.Value, "0.000"),
                HtmlText.Number(badge.SingleTask, "0.000"),
                HtmlText.Number(badge.Percent, "+0.00;-0.00;0.00") + " %",
                HtmlText.Number(-badge.Limit, "0.00") + " %",
                (badge.Suffers ? "suffers" : "fine") + (badge.Indicative ? ", indicative" : ""),
            ]));
    }
}
