using DiTask.Model.Inference;

namespace DiTask.Api.Models;

/// <summary>Runs every task at every size, so that no request meets first-run work, and measures what a run takes.</summary>
internal static class WarmUp
{
    /// <summary>Runs per size after the first, which alone has to plan memory and to choose algorithms.</summary>
    private const int TimedRuns = 3;

    /// <summary>A size that took this long is measured well enough: large models on small machines should not wait for more.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);

    /// <summary>Warms <paramref name="model"/> up.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sizes">Sizes of runs, ascending.</param>
    /// <param name="time">Measures how long it may go on.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RunTimeTable Run(ServedModel model, IReadOnlyList<int> sizes, TimeProvider time, CancellationToken cancellation)
    {
        Dictionary<int, RunTimings> table = [];
        float[] images = new float[sizes[^1] * model.SlotLength];
        foreach (int size in sizes)
        {
            List<RunTimings> runs = [];
            long start = time.GetTimestamp();
            do
            {
                runs.Add(RunOnce(model, images, size, size, cancellation));
            }
            while (runs.Count <= TimedRuns && time.GetElapsedTime(start) < Enough);

            table[size] = Median(runs.Count > 1 ? runs[1..] : runs);
        }

        if (model.Provider != "cpu")
        {
            WarmBranches(model, images, sizes, cancellation);
        }

        return new RunTimeTable(table);
    }

    /// <summary>A branch runs for as many rows as asked for it, and a GPU chooses its algorithms anew for each number.</summary>
    private static void WarmBranches(ServedModel model, float[] images, IReadOnlyList<int> sizes, CancellationToken cancellation)
    {
        foreach (int count in Enumerable.Range(1, sizes[^1]).Except(sizes))
        {
            RunOnce(model, images, sizes[^1], count, cancellation);
        }
    }

    private static RunTimings RunOnce(ServedModel model, float[] images, int size, int wanted, CancellationToken cancellation)
    {
        int[] rows = [.. Enumerable.Range(0, wanted)];
        RunTimings timings = new();
        model.Run(images.AsMemory(0, size * model.SlotLength), size, model.TaskNames.ToDictionary(task => task, _ => (IReadOnlyList<int>)rows), timings, cancellation);
        return timings;
    }

    private static RunTimings Median(List<RunTimings> runs)
    {
        RunTimings median = new();
        median.TrunkRan(Median(runs.Select(run => run.Trunk)));
        foreach (string task in runs[0].Branches.Keys)
        {
            median.BranchRan(task, Median(runs.Select(run => run.Branches[task])));
        }

        return median;
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }
}
