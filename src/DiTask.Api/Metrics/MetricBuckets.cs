namespace DiTask.Api.Metrics;

/// <summary>Upper bounds of the histograms' buckets, the last one, infinity, left out.</summary>
internal static class MetricBuckets
{
    /// <summary>Seconds of requests and of their stages.</summary>
    public static readonly double[] Durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Seconds in the queue: without load an image waits less than the shortest stage.</summary>
    public static readonly double[] QueueWait = [0.0005, .. Durations];

    /// <summary>Images of a run.</summary>
    public static readonly double[] BatchImages = [1, 2, 4, 8, 16, 32];
}
