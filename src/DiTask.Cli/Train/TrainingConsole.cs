using System.Diagnostics;
using System.Globalization;
using DiTask.Model.Training;

namespace DiTask.Cli.Train;

/// <summary>A run as lines: one that is written over where a person watches, one every few seconds elsewhere.</summary>
internal sealed class TrainingConsole(bool isQuiet) : IRunObserver, IDisposable
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(200);

    private readonly bool isLive = !Console.IsOutputRedirected && !isQuiet;
    private long latest;
    private int width;

    public void Notice(string text) => Line(text);

    public void Stepped(StepReport report)
    {
        if (isQuiet || (latest != 0 && Stopwatch.GetElapsedTime(latest) < (isLive ? LiveInterval : PlainInterval)))
        {
            return;
        }

        latest = Stopwatch.GetTimestamp();
        string losses = string.Join("  ", report.Losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Key} {loss.Value:F3}")));
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"step {report.Step}  epoch {report.Epoch:F2}/{report.Epochs}  loss {report.Total:F3}  {losses}  lr {report.LearningRate:0.##E+0}  |g| {report.GradientNorm:F2}  {report.ImagesPerSecond:F1} img/s  {Time(report.Remaining)} left");
        if (isLive)
        {
            // What the last line had more is written over with blanks.
            Console.Write("\r" + text.PadRight(width));
            width = text.Length;
        }
        else
        {
            Console.WriteLine(text);
        }
    }

    public void Validated(ValidationReport report)
    {
        string metrics = string.Join("  ", report.Scores.Select(task => string.Create(CultureInfo.InvariantCulture, $"{task.Headline.Name} {task.Headline.Value:0.###}")));
        Line(string.Create(CultureInfo.InvariantCulture, $"epoch {report.Epoch}: score {report.Score:F3}{(report.IsBest ? " (best)" : "")}  {metrics}"));
    }

    public void Finish(TrainingResult result)
    {
        Line($"done: {result.Last}, best {result.Best}");
        Console.WriteLine($"next: ./ditask fold {Path.Combine(result.Best, "model.safetensors")} --out MODEL");
    }

    public void Dispose() => EndLine();

    private void Line(string text)
    {
        EndLine();
        Console.WriteLine(text);
    }

    private void EndLine()
    {
        if (width > 0)
        {
            Console.WriteLine();
            width = 0;
        }
    }

    private static string Time(TimeSpan span) =>
        span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min") : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}:{span.Seconds:D2}");
}
