using System.Globalization;
using DiTask.Model.Charts;
using DiTask.Model.Diagnosis.Affinity;
using DiTask.Model.Diagnosis.Charts;
using DiTask.Model.Diagnosis.Gradients;
using DiTask.Model.Diagnosis.Probes;

namespace DiTask.Model.Diagnosis.Reports;

/// <summary>The tasks' gradients: heat maps, curves, tables.</summary>
internal static class GradientSection
{
    // A third of the page holds a matrix of this size without scrolling.
    private const int MostInThirds = 4;
    private const int MostLines = 6;

    /// <summary>The section.</summary>
    public static string Write(DiagnosisReport report)
    {
        GroupRelations all = report.Gradients[^1];
        string heading = HtmlText.Heading("Do the tasks pull in the same direction?", "Cosine between the tasks' gradients in the parameters that they share. Blue: a step for one helps the other. Red: it hurts. Near 0 they do not meet.");
        string maps = string.Concat(report.Gradients.SkipLast(1).Select(group => HtmlText.Card(Capital(group.Group), Map(report.Tasks, group), Facts(group))));
        return heading
            + $"<div class=\"row wide\">{HtmlText.Card("All shared parameters", Map(report.Tasks, all), Facts(all))}{HtmlText.Card("Over the batches", Curves(all), CurveCaption(all))}</div>"
            + $"<div class=\"row{(report.Tasks.Count > MostInThirds ? " wide" : "")}\" style=\"margin-top:14px\">{maps}</div><div class=\"card\"><h3>Pairs, all shared parameters</h3>{Pairs(all)}</div>"
            + $"<div class=\"card\"><h3>Where each task's gradient goes</h3>{Norms(report)}</div>"
            + Probes(report);
    }

    private static string Map(IReadOnlyList<string> tasks, GroupRelations group)
    {
        TaskMatrix matrix = new(tasks, [.. tasks.Select(first => (IReadOnlyList<double>)[.. tasks.Select(second => group.Cosine(first, second))])]);
        return HeatMap.Draw(matrix, 1, value => HtmlText.Number(value, "+0.00;-0.00;0.00"), $"Gradient cosines, {group.Group}", hasDiagonal: false);
    }

    private static string Facts(GroupRelations group) => string.Create(
        CultureInfo.InvariantCulture, $"P = {group.Parameters:N0}, noise 1/sqrt(P) = {group.Noise:0.0000}; below {group.Threshold:0.0000} nothing is called a conflict.");

    private static string Curves(GroupRelations group)
    {
        PairRelation[] shown = [.. group.Pairs.OrderBy(pair => pair.Cosine).Take(MostLines)];
        return new LineChart("Moving average of the gradient cosines", [.. shown.Select((pair, index) => new LineChart.Line($"{pair.First}, {pair.Second}", pair.Curve, Svg.Color(index)))])
        {
            Width = 540, Height = 260, Right = 26 + (7.6 * shown.Max(pair => pair.First.Length + pair.Second.Length + 2)), Band = group.Threshold, Axis = ("batch 1", $"batch {group.Batches}"),
        }.Draw();
    }

    private static string CurveCaption(GroupRelations group) =>
        $"Moving average with decay {GradientMeter.Decay.ToString(CultureInfo.InvariantCulture)}{(group.Pairs.Count > MostLines ? $"; the {MostLines} lowest of {group.Pairs.Count} pairs" : "")}. The band around 0 is twice the noise.";

    private static string Pairs(GroupRelations group) => HtmlText.Table(
        ["pair", "mean cosine", "deviation", "angle", "batches below 0", "conflict rate", "magnitude similarity", "effective dimension"],
        group.Pairs.OrderBy(pair => pair.Cosine).Select(pair => (string[])
        [
            $"{pair.First}, {pair.Second}",
            HtmlText.Number(pair.Cosine, "+0.000;-0.000;0.000"),
            HtmlText.Number(pair.CosineDeviation, "0.000"),
            HtmlText.Number(new GradientPair(pair.Cosine, 0).Degrees, "0") + " deg",
            HtmlText.Number(pair.NegativeRate, "0 %"),
            HtmlText.Number(pair.ConflictRate, "0 %"),
            HtmlText.Number(pair.Magnitude, "0.00"),
            HtmlText.Number(pair.EffectiveDimension, "#,0"),
        ]));

    private static string Norms(DiagnosisReport report) => HtmlText.Table(
        ["task", "mean loss", "weight", "norm in the trunk", "norm in its head", "head over trunk", "earlier"],
        report.Norms.Select(task => (string[])
        [
            task.Task,
            HtmlText.Number(task.Loss, "0.0000"),
            HtmlText.Number(report.Settings.Weights[task.Task], "0.##"),
            HtmlText.Number(task.Trunk, "0.000"),
            HtmlText.Number(task.Head, "0.000"),
            HtmlText.Number(task.Ratio, "0.00"),
            task.Earlier is { } earlier ? HtmlText.Number(earlier, "0.00") : "-",
        ]));

    private static string Probes(DiagnosisReport report) => report.Probes.Count == 0 ? "" : "<div class=\"card\"><h3>Linear probes: what can be read from the features</h3>"
        + HtmlText.Table(
            ["task", "shared features", "single-task features", "difference", "standard error", "pictures", "alone"],
            report.Probes.Select(probe => (string[])
            [
                probe.Task,
                HtmlText.Number(probe.Shared, "0.000"),
                HtmlText.Number(probe.Single, "0.000"),
                HtmlText.Number(probe.Difference, "+0.000;-0.000;0.000"),
                HtmlText.Number(probe.Error, "0.000"),
                HtmlText.Number(probe.Pictures, "0"),
                !probe.IsKnown ? "not judged" : probe.IsBetterAlone ? "better" : "no better",
            ]))
        + $"<p class=\"soft\" style=\"margin:12px 0 0\">Share of the variance of labels not seen that a linear map explains. Better alone: by more than {HtmlText.Number(ProbeResult.Margin, "0.00")}, and by more than two standard errors.</p></div>";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
