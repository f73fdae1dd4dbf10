using DiTask.Model.Charts;
using DiTask.Model.Diagnosis.Charts;
using DiTask.Model.Diagnosis.Spectra;

namespace DiTask.Model.Diagnosis.Reports;

/// <summary>What the thetas do: spectra before and after, and the maps behind them.</summary>
internal static class SpectraSection
{
    private const double LeastDisplacement = 0.01;

    /// <summary>The section; nothing for a network without thetas.</summary>
    public static string Write(DiagnosisReport report)
    {
        if (report.Spectra.Count == 0)
        {
            return "";
        }

        string heading = HtmlText.Heading("What do the thetas do?", "A theta moves the singular values of a frozen weight and leaves its singular vectors. The further a task's column strays from the shared one, the more it wants a backbone of its own.");
        string legend = "<div class=\"legend\"><span><i style=\"background:var(--muted)\"></i>frozen</span><span><i style=\"background:var(--ink)\"></i>shared</span>"
            + string.Concat(report.Tasks.Select((task, index) => $"<span><i style=\"background:{Svg.Color(index)}\"></i>{Svg.Safe(task)}</span>")) + "</div>";
        string stages = string.Concat(report.Spectra.GroupBy(layer => layer.Stage).Select(stage =>
            $"<details{(stage.Key == report.Spectra[^1].Stage ? " open" : "")}><summary>Stage {stage.Key}</summary><div class=\"small\">{string.Concat(stage.Select(layer => Layer(report.Tasks, layer)))}</div></details>"));
        return heading
            + HtmlText.Card("How far each theta moves its spectrum", LayerGrid.Draw(report.Spectra, report.Tasks), "Root of the mean squared relative change of the singular values. Rows are stage.block and layer.")
            + $"<div class=\"card\"><h3>Spectra before and after, and phi(x) - x of every theta</h3>{legend}{stages}</div>";
    }

    private static string Layer(IReadOnlyList<string> tasks, WarpedLayer layer)
    {
        double[] frozen = Joined(layer.Sigma);
        LineChart.Line[] spectra =
        [
            .. layer.Streams.Select(stream => new LineChart.Line(stream.Task ?? "shared", Joined(stream.Sigma), Color(tasks, stream))),
            new LineChart.Line("frozen", frozen, "var(--muted)", "dash"),
        ];
        LineChart.Line[] maps = [.. layer.Streams.Select(stream => new LineChart.Line(stream.Task ?? "shared", stream.Displacement, Color(tasks, stream)))];
        string blocks = layer.Sigma.Count > 1 ? $", {layer.Sigma.Count} stacked blocks" : "";
        return $"<figure><figcaption>{Svg.Safe(LayerGrid.Name(layer.Layer))}</figcaption>"
            + new LineChart($"Singular values of {layer.Layer}", spectra) { Width = 240, Height = 120, HasZero = false, Axis = ("sigma" + blocks, "") }.Draw()
            + new LineChart($"phi(x) - x of {layer.Layer}", maps) { Width = 240, Height = 96, LeastSpan = LeastDisplacement, Axis = ("phi(x) - x", "x = 1") }.Draw()
            + "</figure>";
    }

    // Stacked blocks have spectra of their own; the gap keeps them apart.
    private static double[] Joined(IReadOnlyList<IReadOnlyList<double>> blocks) =>
        [.. blocks.SelectMany((block, index) => index == 0 ? block : [double.NaN, .. block])];

    private static string Color(IReadOnlyList<string> tasks, WarpedStream stream) =>
        stream.Task is null ? "var(--ink)" : Svg.Color(tasks.ToList().IndexOf(stream.Task));
}
