using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace DiTask.Api.OpenInference;

/// <summary>Counts and times of the protocol's requests since the service began, by model.</summary>
internal sealed class ProtocolStatistics(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Name, string Version), Totals> models = new();

    /// <summary>A request was answered.</summary>
    public void Succeeded(ProtocolModel model, InferAnswer answer, TimeSpan total)
    {
        Totals totals = Of(model);
        lock (totals)
        {
            totals.LastInference = time.GetUtcNow().ToUnixTimeMilliseconds();
            totals.Images += answer.Count;
            totals.Runs += answer.Runs.Distinct().Count(run => totals.Seen.TryAdd(run, run));
            totals.Success.Add(total);
            totals.Queue.Add(answer.QueueTime);
            totals.Input.Add(answer.InputTime);
            totals.Infer.Add(answer.RunTime);
            totals.Output.Add(answer.OutputTime);
        }
    }

    /// <summary>A request had no answer.</summary>
    public void Failed(ProtocolModel model, TimeSpan total)
    {
        Totals totals = Of(model);
        lock (totals)
        {
            totals.Fail.Add(total);
        }
    }

    /// <summary>An entry of <c>model_stats</c>.</summary>
    public JsonNode Describe(ProtocolModel model)
    {
        Totals totals = Of(model);
        lock (totals)
        {
            return new JsonObject
            {
                ["name"] = model.Name,
                ["version"] = model.Version,
                ["last_inference"] = totals.LastInference,
                ["inference_count"] = totals.Images,
                ["execution_count"] = totals.Runs,
                ["inference_stats"] = new JsonObject
                {
                    ["success"] = totals.Success.Describe(),
                    ["fail"] = totals.Fail.Describe(),
                    ["queue"] = totals.Queue.Describe(),
                    ["compute_input"] = totals.Input.Describe(),
                    ["compute_infer"] = totals.Infer.Describe(),
                    ["compute_output"] = totals.Output.Describe(),
                    ["cache_hit"] = default(Duration).Describe(),
                    ["cache_miss"] = default(Duration).Describe(),
                },
                ["batch_stats"] = new JsonArray(),
            };
        }
    }

    private Totals Of(ProtocolModel model) => models.GetOrAdd((model.Name, model.Version), _ => new Totals());

    private struct Duration
    {
        private long count;
        private long nanoseconds;

        public void Add(TimeSpan time)
        {
            count++;
            nanoseconds += time.Ticks * TimeSpan.NanosecondsPerTick;
        }

        public readonly JsonObject Describe() => new JsonObject { ["count"] = count, ["ns"] = nanoseconds };
    }

    private sealed class Totals
    {
        public long LastInference;
        public long Images;
        public long Runs;
        public Duration Success;
        public Duration Fail;
        public Duration Queue;
        public Duration Input;
        public Duration Infer;
        public Duration Output;

        /// <summary>Runs that are counted, for as long as somebody holds their output: requests that shared a run count it once.</summary>
        public ConditionalWeakTable<object, object> Seen { get; } = [];
    }
}
