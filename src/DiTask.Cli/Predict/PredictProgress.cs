using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace DiTask.Cli.Predict;

/// <summary>Says how far a run is: a bar on a terminal, a line per photo elsewhere. Errors always go to standard error.</summary>
internal sealed class PredictProgress
{
    private readonly InvocationConfiguration console;
    private readonly ProgressTask? bar;
    private readonly int total;
    private int done;

    private PredictProgress(int total, InvocationConfiguration console, ProgressTask? bar)
    {
        this.total = total;
        this.console = console;
        this.bar = bar;
    }

    /// <summary>Runs <paramref name="work"/> and shows its progress.</summary>
    public static T Show<T>(int total, InvocationConfiguration console, Func<PredictProgress, T> work)
    {
        if (total < 2 || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            return work(new PredictProgress(total, console, null));
        }

        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new PredictProgress(total, console, context.AddTask("photos", maxValue: total))));
    }

    /// <summary>A photo is done.</summary>
    public void Done(string text)
    {
        done++;
        if (bar is null)
        {
            console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{done}/{total}] {text}"));
        }
        else
        {
            bar.Increment(1);
        }
    }

    /// <summary>A photo failed.</summary>
    public void Failed(string text)
    {
        done++;
        bar?.Increment(1);
        console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{done}/{total}] {text}"));
    }
}
