using System.Globalization;
using System.Text;

namespace DiTask.Model.Evaluation.Reports;

/// <summary>A report as Markdown.</summary>
internal static class MarkdownReport
{
    public static string Of(EvaluationReport report)
    {
        StringBuilder text = new();
        ReportModel model = report.Run.Model;
        Line(text, $"# {model.Title} on {report.Dataset.Name}");
        Line(text, $"");
        Facts(text, report);
        Headlines(text, report);
        foreach (ReportTask task in report.Run.Tasks)
        {
            Metrics(text, task, Same(report.Against, task));
            Classes(text, task, Same(report.Against, task));
        }

        if (report.Warnings.Count > 0)
        {
            Line(text, $"## Warnings");
            Line(text, $"");
            foreach (string warning in report.Warnings)
            {
                Line(text, $"- {warning}");
            }

            Line(text, $"");
        }

        Line(text, $"Names that end in `.ref` are what the authors' code computes under that word; docs/evaluation.md says how each differs. `edge.odsF` is not SEISM's.");
        return text.ToString();
    }

    private static void Facts(StringBuilder text, EvaluationReport report)
    {
        ReportModel model = report.Run.Model;
        if (model.Notice is not null)
        {
            Line(text, $"> {model.Notice}");
            Line(text, $"");
        }

        Line(text, $"| | |");
        Line(text, $"|---|---|");
        Line(text, $"| model | {Identity(model)} |");
        if (model.SourceSha256 is { } source)
        {
            Line(text, $"| folded from | {model.Source}, `sha256:{source}` |");
        }

        if (report.Against is { } against)
        {
            Line(text, $"| against | {Identity(against.Model)} |");
        }

        Line(text, $"| data | {report.Dataset.Name}, {report.Dataset.Images} of {report.Dataset.Available} pictures |");
        Line(text, $"| protocol | `{report.Protocol}`: predictions and labels at {report.InputSize}x{report.InputSize} |");
        Line(text, $"| edge tolerance | {report.EdgeTolerance} of the diagonal |");
        Line(text, $"| speed | {report.Speed.ImagesPerSecond:0.00} images/s, the model alone {report.Speed.ModelImagesPerSecond:0.00}, {report.Speed.Provider}, batches of {report.Speed.BatchSize}, {report.Speed.Seconds:0.0} s |");
        Line(text, $"| written | {report.Created.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by {report.Tool} |");
        Line(text, $"");
    }

    private static string Identity(ReportModel model) => model.Digest is null ? $"{model.Title}, learnt from {model.Source}" : $"{model.Title}, `{model.Digest}`";

    private static void Headlines(StringBuilder text, EvaluationReport report)
    {
        Line(text, $"## Result");
        Line(text, $"");
        DeltaM? delta = report.Run.DeltaM;
        bool compares = report.Against is not null;
        Line(text, $"| task | number | better | value |{(delta is null ? "" : " baseline | gain |")}{(compares ? " against |" : "")}");
        Line(text, $"|---|---|---|---:|{(delta is null ? "" : "---:|---:|")}{(compares ? "---:|" : "")}");
        foreach (ReportTask task in report.Run.Tasks)
        {
            MetricValue value = task.Headline;
            TaskDelta? part = delta?.Tasks.First(entry => entry.Task == task.Task);
            string baseline = part is null ? "" : $" {Baseline(part)} | {Signed(part.Percent)} % |";
            string other = compares ? $" {Value(Same(report.Against, task)?.Headline)} |" : "";
            Line(text, $"| {task.Task} | {value.Name} | {(value.HigherIsBetter ? "higher" : "lower")} | {Value(value)} |{baseline}{other}");
        }

        if (delta is not null)
        {
            string other = report.Against?.DeltaM is { } against ? $" {Signed(against.Percent)} % |" : compares ? " |" : "";
            Line(text, $"| **Delta-m** | mean gain | higher | | | **{Signed(delta.Percent)} %** |{other}");
        }

        Line(text, $"");
        if (delta is not null)
        {
            string seeds = delta.Tasks.Any(task => task.Seeds < 3) ? " Fewer than three seeds: indicative only." : "";
            Line(text, $"Baselines: {delta.Baselines}.{seeds}");
            Line(text, $"");
        }
    }

    private static void Metrics(StringBuilder text, ReportTask task, ReportTask? other)
    {
        Line(text, $"## {task.Task}");
        Line(text, $"");
        Line(text, $"{task.LabelledImages} labelled pictures, {task.KnownPixels} known pixels.");
        Line(text, $"");
        Line(text, $"| number | better | value |{(other is null ? "" : " against |")}");
        Line(text, $"|---|---|---:|{(other is null ? "" : "---:|")}");
        foreach (MetricValue value in task.Metrics)
        {
            string second = other is null ? "" : $" {Value(other.Metrics.First(metric => metric.Name == value.Name))} |";
            Line(text, $"| {value.Name} | {(value.HigherIsBetter ? "higher" : "lower")} | {Value(value)} |{second}");
        }

        Line(text, $"");
    }

    private static void Classes(StringBuilder text, ReportTask task, ReportTask? other)
    {
        if (task.Classes.Count == 0)
        {
            return;
        }

        Line(text, $"| class | IoU % | labelled pixels | predicted pixels |{(other is null ? "" : " against, IoU % |")}");
        Line(text, $"|---|---:|---:|---:|{(other is null ? "" : "---:|")}");
        for (int i = 0; i < task.Classes.Count; i++)
        {
            ClassScore score = task.Classes[i];
            string second = other is null ? "" : $" {Iou(other.Classes[i])} |";
            Line(text, $"| {score.Name} | {Iou(score)} | {score.LabelledPixels} | {score.PredictedPixels} |{second}");
        }

        Line(text, $"");
    }

    private static ReportTask? Same(ReportRun? run, ReportTask task) => run?.Tasks.FirstOrDefault(entry => entry.Task == task.Task);

    private static string Iou(ClassScore score) =>
        score.LabelledPixels + score.PredictedPixels == 0 ? "absent" : string.Create(CultureInfo.InvariantCulture, $"{score.Iou:0.00}");

    private static string Baseline(TaskDelta delta)
    {
        string deviation = delta.BaselineDeviation is { } std ? string.Create(CultureInfo.InvariantCulture, $" +- {std:0.00} (n={delta.Seeds})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{delta.Baseline:0.####}{deviation}");
    }

    private static string Value(MetricValue? value) => value switch
    {
        null => "",
        { Value: double.NaN } => "not measured",
        { Unit: "%" or "deg" } => string.Create(CultureInfo.InvariantCulture, $"{value.Value:0.00} {value.Unit}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value.Value:0.0000} {value.Unit}").TrimEnd(),
    };

    private static string Signed(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:+0.00;-0.00;0.00}");

    // Lines end in \n on every system, and numbers look the same everywhere.
    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
