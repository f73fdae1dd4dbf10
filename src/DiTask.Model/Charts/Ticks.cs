namespace DiTask.Model.Charts;

/// <summary>Round numbers for an axis.</summary>
internal static class Ticks
{
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
