using System.Globalization;
using DiTask.Model.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DiTask.Cli.Train;

/// <summary>A step for a terminal: how far the run is, and a row per task.</summary>
internal static class StepTable
{
    public static IRenderable Of(StepReport report)
    {
        Table tasks = new Table().Border(TableBorder.Simple).AddColumn("task").AddColumn(new TableColumn("loss").RightAligned()).AddColumn(new TableColumn("weight").RightAligned());
        foreach ((string task, double loss) in report.Losses)
        {
            tasks.AddRow(task, Number(loss, "F4"), report.Weights.TryGetValue(task, out double weight) ? Number(weight, "0.###") : "");
        }

        double done = Math.Clamp(report.Epoch / report.Epochs, 0, 1);
        BreakdownChart bar = new BreakdownChart().HideTags().Width(60).AddItem("done", done, Color.Green).AddItem("left", 1 - done, Color.Grey23);
        return new Rows(
            bar,
            new Text(string.Create(
                CultureInfo.InvariantCulture,
                $"step {report.Step}   epoch {report.Epoch:F2} of {report.Epochs}   {report.ImagesPerSecond:F1} images/s   {Time(report.Remaining)} left")),
            tasks,
            new Text(string.Create(CultureInfo.InvariantCulture, $"total {report.Total:F4}   learning rate {report.LearningRate:0.##E+0}   gradient norm {report.GradientNorm:F2}")));
    }

    public static string Time(TimeSpan span) =>
        span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min") : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}:{span.Seconds:D2}");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
