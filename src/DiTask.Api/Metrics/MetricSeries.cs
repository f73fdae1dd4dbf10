namespace DiTask.Api.Metrics;

/// <summary>The numbers of one combination of labels. Safe for several threads.</summary>
internal sealed class MetricSeries(double[] bounds)
{
    private readonly Lock gate = new();
    private readonly long[] counts = new long[bounds.Length + 1];
    private double sum;

    public void Add(double value)
    {
        lock (gate)
        {
            sum += value;
        }
    }

    public void Set(double value)
    {
        lock (gate)
        {
            sum = value;
        }
    }

    /// <summary>Counts <paramref name="value"/> in the bucket with the smallest bound that is not below it.</summary>
    public void Observe(double value)
    {
        int bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
        {
            bucket++;
        }

        lock (gate)
        {
            counts[bucket]++;
            sum += value;
        }
    }

    /// <summary>Value or sum, and the counts of the buckets, each without those below it.</summary>
    public (double Sum, long[] Counts) Read()
    {
        lock (gate)
        {
            return (sum, [.. counts]);
        }
    }
}
