using System.Diagnostics;

namespace DiTask.Benchmarks;

/// <summary>Times cases in turn, so that a busy machine slows all of them alike.</summary>
internal static class Measure
{
    /// <summary>Median milliseconds of each case over <paramref name="rounds"/> rounds, after one round that does not count.</summary>
    public static double[] InTurn(int rounds, params Action[] cases)
    {
        List<double>[] times = [.. cases.Select(_ => new List<double>())];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < cases.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                cases[i]();
                if (round >= 0)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        return [.. times.Select(Median)];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
