using DiTask.Model.Charts;

namespace DiTask.Model.Training.Runs;

/// <summary>A task's training loss over the steps, of one run or the mean of several: the same in the picture of a run and of a comparison.</summary>
internal static class LossCurve
{
    // Fewer hide how a run begins, more show the noise of single batches.
    private const int MostParts = 50;

    /// <summary>The words for what a point is.</summary>
    public static string Meaning(long last) => Parts(last) == last ? "each point a step" : $"each point the mean over 1/{Parts(last)} of the steps";

    /// <summary>The line.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="runs">Runs that have the task.</param>
    /// <param name="task">The task.</param>
    /// <param name="last">Step at the end of the axis.</param>
    /// <param name="color">Its colour.</param>
    public static LineChart.Line Of(string name, IReadOnlyList<LossTable> runs, string task, long last, string color)
    {
        int parts = Parts(last);
        double[][] means = [.. runs.Select(run => run.Means(task, last, parts))];
        double[] values = [.. Enumerable.Range(0, parts).Select(part => means.Select(run => run[part]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())];

        // A part without a step, such as between two updates of accumulated gradients, is no break.
        int[] known = [.. Enumerable.Range(0, parts).Where(part => double.IsFinite(values[part]))];
        return new LineChart.Line(name, [.. known.Select(part => values[part])], color, Places: [.. known.Select(part => (part + 0.5) / parts)]);
    }

    private static int Parts(long last) => (int)Math.Clamp(last, 1, MostParts);
}
