using System.Text.Json.Nodes;
using DiTask.Api.Batching;
using DiTask.Api.Models;
using DiTask.Api.Security;
using Microsoft.Extensions.Options;

namespace DiTask.Api.OpenInference;

/// <summary>What the protocol tells of the server and its models.</summary>
internal sealed class MetadataEndpoints(
    ProtocolModels models, ModelStatistics statistics, ProtocolLimits limits, IOptions<BatchingOptions> batching, KeyRing keys)
{
    private const string Platform = "onnx_onnxv1";

    private static readonly string[] Extensions = ["binary_tensor_data", "statistics", "model_configuration", "model_repository", "parameters"];

    private static readonly string Version = typeof(MetadataEndpoints).Assembly.GetName().Version!.ToString(3);

    public IResult GetServer() => Json(new JsonObject
    {
        ["name"] = "ditask",
        ["version"] = Version,
        ["extensions"] = new JsonArray([.. Extensions.Where(name => name != "model_repository" || keys.HasAdminKeys).Select(name => JsonValue.Create(name))]),
    });

    public IResult GetLive() => Json(new JsonObject { ["live"] = models.IsLive }, models.IsLive);

    public IResult GetReady() => Json(new JsonObject { ["live"] = models.IsLive, ["ready"] = models.IsReady }, models.IsReady);

    public IResult GetModels() => Json(new JsonObject { ["models"] = new JsonArray([.. models.Names.Select(name => JsonValue.Create(name))]) });

    public IResult GetModel(string model, string? version)
    {
        ProtocolModel found = models.Find(model, version);
        return Json(new JsonObject
        {
            ["name"] = found.Name,
            ["versions"] = new JsonArray([.. models.Versions(found).Select(known => JsonValue.Create(known))]),
            ["platform"] = Platform,
            ["inputs"] = new JsonArray(Describe(found.Input)),
            ["outputs"] = new JsonArray([.. found.Outputs.Select(Describe)]),
        });
    }

    public IResult GetModelReady(string model, string? version)
    {
        bool isReady = models.IsReadyModel(model, version);
        return Json(new JsonObject { ["name"] = model, ["ready"] = isReady }, isReady);
    }

    public IResult GetConfiguration(string model, string? version)
    {
        ProtocolModel found = models.Find(model, version);
        return Json(new JsonObject
        {
            ["name"] = found.Name,
            ["platform"] = Platform,
            ["backend"] = "onnxruntime",
            ["max_batch_size"] = limits.MaxBatch,
            ["version_policy"] = new JsonObject { ["latest"] = new JsonObject { ["num_versions"] = 1 } },
            ["input"] = new JsonArray(DescribeWithoutBatch(found.Input)),
            ["output"] = new JsonArray([.. found.Outputs.Select(DescribeWithoutBatch)]),
            ["dynamic_batching"] = new JsonObject { ["max_queue_delay_microseconds"] = (long)batching.Value.MaxQueueDelay.TotalMicroseconds },
            ["model_transaction_policy"] = new JsonObject { ["decoupled"] = false },
        });
    }

    public IResult GetStatistics(string model, string? version) =>
        Json(new JsonObject { ["model_stats"] = new JsonArray([.. models.FindAll(model, version).Select(Describe)]) });

    public IResult GetAllStatistics() => Json(new JsonObject { ["model_stats"] = new JsonArray([.. models.All.Select(Describe)]) });

    private JsonNode Describe(ProtocolModel model) => StatisticsWriter.Describe(model, statistics.Read(model.Name, model.Version));

    private static JsonNode Describe(TensorInfo tensor) => new JsonObject
    {
        ["name"] = tensor.Name,
        ["datatype"] = tensor.Datatype,
        ["shape"] = Numbers(tensor.Shape),
    };

    private static JsonNode DescribeWithoutBatch(TensorInfo tensor) => new JsonObject
    {
        ["name"] = tensor.Name,
        ["data_type"] = tensor.ConfigurationType,
        ["dims"] = Numbers(tensor.Shape.Skip(1)),
    };

    private static JsonArray Numbers(IEnumerable<long> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static IResult Json(JsonObject document, bool isGood = true) => Results.Text(
        document.ToJsonString(), "application/json", statusCode: isGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
