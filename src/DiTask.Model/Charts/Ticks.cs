namespace DiTask.Model.Charts;

/// <summary>Round numbers for an axis.</summary>
internal static class Ticks
{
    // Fewer of them do not tell that an axis is logarithmic.
    private const int LeastLogarithmic = 3;

    private static readonly double[] Steps = [1, 2, 5];

    /// <summary>1, 2 and 5 times powers of ten between two numbers above 0; evenly spaced ones where these are close together.</summary>
    public static IEnumerable<double> Logarithmic(double low, double high)
    {
        double[] ticks = [.. from power in Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 2)
                             from step in Steps
                             let tick = step * Math.Pow(10, power)
                             where tick >= low && tick <= high
                             select tick];
        return ticks.Length < LeastLogarithmic ? Between(low, high) : ticks;
    }

    /// <summary>Multiples of 1, 2 or 5 times a power of ten between two numbers, about <paramref name="count"/> of them.</summary>
    public static IEnumerable<double> Between(double low, double high, int count = 4)
    {
        double raw = (high - low) / count;
        double unit = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = unit * (raw / unit > 5 ? 10 : raw / unit > 2 ? 5 : raw / unit > 1 ? 2 : 1);
        for (double at = Math.Ceiling(low / step); at * step <= high; at++)
        {
            // Without the sum, what lies at 0 may be -0.
            yield return (at * step) + 0.0;
        }
    }
}
