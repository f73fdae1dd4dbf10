using System.Diagnostics.Metrics;

namespace DiTask.Api.Metrics;

/// <summary>Upper bounds of the histograms' buckets, the last one, infinity, left out.</summary>
internal static class MetricBuckets
{
    private static readonly double[] Times = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Seconds of requests and of their stages.</summary>
    public static readonly InstrumentAdvice<double> Durations = new() { HistogramBucketBoundaries = Times };

    /// <summary>Seconds in the queue: without load an image waits less than the shortest stage.</summary>
    public static readonly InstrumentAdvice<double> QueueWait = new() { HistogramBucketBoundaries = [0.0005, .. Times] };

    /// <summary>Images of a run.</summary>
    public static readonly InstrumentAdvice<double> BatchImages = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32] };
}
