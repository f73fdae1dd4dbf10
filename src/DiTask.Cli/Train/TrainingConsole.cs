using System.Diagnostics;
using System.Globalization;
using DiTask.Model.Training;
using Spectre.Console;

namespace DiTask.Cli.Train;

/// <summary>A run as a person sees it: a table that renews itself on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class TrainingConsole(bool isQuiet) : IRunObserver
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(200);

    private LiveDisplayContext? live;
    private long latest;

    /// <summary>Trains, and shows how it goes.</summary>
    public T Watch<T>(Func<T> train) => isQuiet || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive
        ? train()
        : AnsiConsole.Live(new Text("")).AutoClear(true).Start(context =>
        {
            live = context;
            try
            {
                return train();
            }
            finally
            {
                live = null;
            }
        });

    public void Notice(string text) => Line(text);

    public void Stepped(StepReport report)
    {
        if (isQuiet || (latest != 0 && Stopwatch.GetElapsedTime(latest) < (live is null ? PlainInterval : LiveInterval)))
        {
            return;
        }

        latest = Stopwatch.GetTimestamp();
        if (live is null)
        {
            Console.WriteLine(Text(report));
        }
        else
        {
            live.UpdateTarget(StepTable.Of(report));
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
        Line($"next: ./ditask fold {Path.Combine(result.Best, "model.safetensors")} --out MODEL");
    }

    private void Line(string text)
    {
        if (live is null)
        {
            Console.WriteLine(text);
        }
        else
        {
            AnsiConsole.WriteLine(text);
        }
    }

    private static string Text(StepReport report)
    {
        string losses = string.Join("  ", report.Losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Key} {loss.Value:F3}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"step {report.Step}  epoch {report.Epoch:F2}/{report.Epochs}  loss {report.Total:F3}  {losses}  lr {report.LearningRate:0.##E+0}  |g| {report.GradientNorm:F2}  {report.ImagesPerSecond:F1} img/s  {StepTable.Time(report.Remaining)} left");
    }
}
