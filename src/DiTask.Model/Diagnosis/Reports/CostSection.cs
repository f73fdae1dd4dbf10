using DiTask.Model.Charts;
using DiTask.Model.Diagnosis.Charts;
using DiTask.Model.Diagnosis.Costs;

namespace DiTask.Model.Diagnosis.Reports;

/// <summary>Parameters and multiply-adds.</summary>
internal static class CostSection
{
    /// <summary>The section.</summary>
    public static string Write(DiagnosisReport report)
    {
        NetworkCost cost = report.Cost;
        string heading = HtmlText.Heading("What does each task cost?", "Multiply-adds per picture with folded adapters, counted from the sizes of the layers; 1 GMAC is 2 GFLOP.");
        string total = $"{HtmlText.Number(cost.GigaMacs, "0.000")} GMAC = {HtmlText.Number(2 * cost.GigaMacs, "0.00")} GFLOP per picture of {report.Settings.ImageSize} x {report.Settings.ImageSize}. "
            + $"{Millions(cost.StoredParameters)} parameters in a file, {Millions(cost.ResidentParameters)} in memory when every task has its folded weights.";
        string tasks = HtmlText.Table(
            ["task", "own tails, GMAC", "own head, GMAC", "adds, GMAC", "adds, GFLOP", "with 1/K of the trunk", "decoder parameters", "folded copies"],
            cost.Tasks.Select(task => (string[])
            [
                task.Task,
                HtmlText.Number(task.TailGigaMacs, "0.0000"),
                HtmlText.Number(task.HeadGigaMacs, "0.0000"),
                HtmlText.Number(task.GigaMacs, "0.0000"),
                HtmlText.Number(2 * task.GigaMacs, "0.0000"),
                HtmlText.Number(task.GigaMacs + (cost.TrunkGigaMacs / cost.Tasks.Count), "0.0000"),
                HtmlText.Number(task.Parameters, "#,0"),
                HtmlText.Number(task.CopiedParameters, "#,0"),
            ]));
        string trunk = HtmlText.Table(
            ["trunk", "GMAC", "parameters"],
            [.. cost.Trunk.Select(stage => (string[])[stage.Name, HtmlText.Number(stage.GigaMacs, "0.0000"), HtmlText.Number(stage.Parameters, "#,0")]), (string[])["all", HtmlText.Number(cost.TrunkGigaMacs, "0.0000"), HtmlText.Number(cost.TrunkParameters, "#,0")]]);
        return heading + $"<div class=\"card\"><figure>{CostBar.Draw(cost)}<figcaption>{Svg.Safe(total)}</figcaption></figure></div><div class=\"card\">{tasks}</div><div class=\"card\">{trunk}</div>";
    }

    private static string Millions(long count) => HtmlText.Number(count / 1e6, "0.00") + " M";
}
