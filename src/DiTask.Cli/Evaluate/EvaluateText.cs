using System.Globalization;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;

namespace DiTask.Cli.Evaluate;

/// <summary>A report as lines for a terminal.</summary>
internal static class EvaluateText
{
    private const int NameWidth = 22;

    public static void Write(EvaluationReport report, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Run.Model.Title} on {report.Dataset.Name}: {report.Dataset.Images} images at {report.InputSize}x{report.InputSize}, protocol {report.Protocol}"));
        if (report.Against?.Model is { } against)
        {
            output.WriteLine($"against {against.Title}, {(against.Digest is null ? "learnt" : "folded")} from {against.Source}");
        }

        foreach (ReportTask task in report.Run.Tasks)
        {
            ReportTask? other = report.Against?.Tasks.FirstOrDefault(entry => entry.Task == task.Task);
            TaskDelta? delta = report.Run.DeltaM?.Tasks.First(entry => entry.Task == task.Task);
            output.WriteLine();
            foreach (MetricValue value in task.Metrics)
            {
                string second = other is null ? "" : $"  against {Number(other.Metrics.First(metric => metric.Name == value.Name))}";
                string gain = !value.Headline || delta is null
                    ? ""
                    : string.Create(CultureInfo.InvariantCulture, $"  baseline {delta.Baseline:0.####}, gain {delta.Percent:+0.00;-0.00;0.00} %");
                output.WriteLine($"{value.Name.PadRight(NameWidth)}{Number(value),12}{second}{gain}");
            }
        }

        output.WriteLine();
        if (report.Run.DeltaM is { } deltaM)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Delta-m {deltaM.Percent:+0.000;-0.000;0.000} % against {deltaM.Baselines}"));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Speed.ImagesPerSecond:0.00} images/s, the model alone {report.Speed.ModelImagesPerSecond:0.00} ({report.Speed.Provider}), {report.Speed.Seconds:0.0} s"));
    }

    private static string Number(MetricValue value) => double.IsNaN(value.Value)
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{value.Value.ToString(value.Unit is "%" or "deg" ? "0.00" : "0.0000", CultureInfo.InvariantCulture)} {value.Unit}").TrimEnd();
}
