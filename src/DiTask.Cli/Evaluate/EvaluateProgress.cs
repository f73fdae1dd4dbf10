using System.Globalization;
using DiTask.Model.Evaluation;

namespace DiTask.Cli.Evaluate;

/// <summary>Says how far an evaluation is: one line that changes on a terminal, a line every ten seconds elsewhere.</summary>
internal sealed class EvaluateProgress(int total, TextWriter output, bool isTerminal)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private TimeSpan last = TimeSpan.Zero;

    public void Report(EvaluationProgress progress)
    {
        bool isLast = progress.Images == total;
        double rate = progress.Images / Math.Max(progress.Elapsed.TotalSeconds, 1e-9);
        TimeSpan left = TimeSpan.FromSeconds((total - progress.Images) / rate);
        string text = string.Create(CultureInfo.InvariantCulture, $"{progress.Images}/{total} images, {rate:0.00} images/s, {left:h\\:mm\\:ss} left");
        if (isTerminal)
        {
            output.Write(isLast ? "\r\u001b[K" : $"\r{text}\u001b[K");
        }
        else if (progress.Elapsed - last >= Pause)
        {
            last = progress.Elapsed;
            output.WriteLine(text);
        }
    }
}
