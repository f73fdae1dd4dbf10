using System.Text.Json.Nodes;
using DiTask.Api.Models;

namespace DiTask.Api.OpenInference;

/// <summary>A version's counts as the protocol's statistics extension writes them.</summary>
internal static class StatisticsWriter
{
    /// <summary>An entry of <c>model_stats</c>.</summary>
    public static JsonNode Describe(ProtocolModel model, VersionStatistics statistics) => new JsonObject
    {
        ["name"] = model.Name,
        ["version"] = model.Version,
        ["last_inference"] = statistics.LastInference,
        ["inference_count"] = statistics.Images,
        ["execution_count"] = statistics.Executions,
        ["inference_stats"] = new JsonObject
        {
            ["success"] = Describe(statistics.Success),
            ["fail"] = Describe(statistics.Fail),
            ["queue"] = Describe(statistics.Queue),
            ["compute_input"] = Describe(statistics.Input),
            ["compute_infer"] = Describe(statistics.Infer),
            ["compute_output"] = Describe(statistics.Output),
            ["cache_hit"] = Describe(default),
            ["cache_miss"] = Describe(default),
        },
        ["batch_stats"] = new JsonArray(),
    };

    private static JsonObject Describe(CountedTime time) => new() { ["count"] = time.Count, ["ns"] = time.Nanoseconds };
}
