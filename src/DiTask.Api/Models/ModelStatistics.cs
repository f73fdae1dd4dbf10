using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace DiTask.Api.Models;

/// <summary>Counts and times of requests since the service began, by model and version, whatever way they came.</summary>
internal sealed class ModelStatistics(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Name, string Version), Totals> models = new();

    /// <summary>A request was answered.</summary>
    /// <param name="name">Name that the caller used.</param>
    /// <param name="version">Version that answered.</param>
    /// <param name="times">Its images and times.</param>
    /// <param name="total">From its first byte to its answer.</param>
    public void Succeeded(string name, string version, RequestTimes times, TimeSpan total)
    {
        Totals totals = Of(name, version);
        lock (totals)
        {
            totals.LastInference = time.GetUtcNow().ToUnixTimeMilliseconds();
            totals.Images += times.Runs.Count;
            totals.Executions += times.Runs.Distinct().Count(run => totals.Seen.TryAdd(run, run));
            totals.Success.Add(total);
            totals.Queue.Add(times.Queue);
            totals.Input.Add(times.Input);
            totals.Infer.Add(times.Run);
            totals.Output.Add(times.Output);
        }
    }

    /// <summary>A request had no answer.</summary>
    public void Failed(string name, string version, TimeSpan total)
    {
        Totals totals = Of(name, version);
        lock (totals)
        {
            totals.Fail.Add(total);
        }
    }

    /// <summary>The counts of a version under a name, at one moment.</summary>
    public VersionStatistics Read(string name, string version)
    {
        Totals totals = Of(name, version);
        lock (totals)
        {
            return new VersionStatistics(
                totals.LastInference, totals.Images, totals.Executions, totals.Success, totals.Fail, totals.Queue, totals.Input, totals.Infer, totals.Output);
        }
    }

    private Totals Of(string name, string version) => models.GetOrAdd((name, version), _ => new Totals());

    private sealed class Totals
    {
        public long LastInference;
        public long Images;
        public long Executions;
        public CountedTime Success;
        public CountedTime Fail;
        public CountedTime Queue;
        public CountedTime Input;
        public CountedTime Infer;
        public CountedTime Output;

        /// <summary>Runs that are counted, for as long as somebody holds their output: requests that shared a run count it once.</summary>
        public ConditionalWeakTable<object, object> Seen { get; } = [];
    }
}
