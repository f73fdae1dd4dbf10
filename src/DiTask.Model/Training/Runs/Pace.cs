using System.Diagnostics;

namespace DiTask.Model.Training.Runs;

/// <summary>How fast a run is, and how long it still takes.</summary>
/// <param name="first">Batches that were done when the process began.</param>
/// <param name="last">Batches of the run.</param>
/// <param name="batch">Pictures of a batch.</param>
internal sealed class Pace(long first, long last, int batch)
{
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly long begin = first;
    private long done = -1;

    /// <summary>Pictures per second of this process so far.</summary>
    public double ImagesPerSecond => Steps * batch / Math.Max(Stopwatch.GetElapsedTime(start).TotalSeconds, 1e-9);

    /// <summary>To the end of the run.</summary>
    public TimeSpan Remaining => Steps == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(start) * ((double)(last - done) / Steps);

    private long Steps => Math.Max(0, done - begin);

    /// <summary>Takes in the number of batches that are done.</summary>
    public void Advance(long step) => done = step;
}
