using DiTask.Api.Batching;
using DiTask.Api.Models.Contract;
using DiTask.Model.Tasks;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Models;

/// <summary>What is served: <c>/tasks</c> and <c>/models</c>.</summary>
internal sealed class ModelEndpoints(ModelHost host, ModelCatalog catalog, IOptions<BatchingOptions> batching)
{
    public IResult GetTasks(string? model, string? version) => Results.Json(
        new TaskList([.. host.FindOpened(model, version).Model.Manifest.Tasks.Select(task => Describe(task.Info))]), ModelsJson.Default.TaskList);

    public IResult GetModels() => Results.Json(new ModelList([.. catalog.All.Select(model => Describe(model, model.Default))]), ModelsJson.Default.ModelList);

    public IResult GetModel(string name, string? version)
    {
        (ModelEntry model, ModelVersion found) = host.Find(name, version);
        return Results.Json(Describe(model, found), ModelsJson.Default.ModelAnswer);
    }

    private static TaskAnswer Describe(TaskInfo task) => new(
        task.Name,
        KindName(task.Kind),
        task.Channels,
        task.Kind == TaskKind.Labels ? [.. task.Classes.Select(item => new ClassAnswer(item.Value, item.Name, item.Color, null))] : null,
        task.Unit,
        task.Frame,
        task.Kind == TaskKind.Scalar ? "png/uint16" : "png/uint8");

    private static string KindName(TaskKind kind) => kind switch
    {
        TaskKind.Labels => "labels",
        TaskKind.Scalar => "scalar",
        _ => "vector",
    };

    private ModelAnswer Describe(ModelEntry model, ModelVersion version) => new()
    {
        Name = model.Name,
        Version = version.Version,
        State = ModelHost.NameOf(host.StateOf(version)),
        Reason = version.Reason,
        IsDefault = catalog.Default?.Name == model.Name,
        Digest = version.Instance?.Model.Digest,
        Provider = version.Instance?.Model.Provider,
        Notice = version.Instance?.Model.Manifest.Notice,
        Architecture = version.Instance?.Model.Manifest.Architecture,
        Input = version.Instance?.Model.Manifest.Input,
        Tasks = version.Instance?.Model.TaskNames ?? [],
        MaxBatchSize = batching.Value.ReadSizes().Largest,
        QueueCapacity = version.Instance?.Batcher.Capacity ?? batching.Value.QueueCapacity,
        Versions = [.. model.Versions.Select(other => new VersionAnswer(
            other.Version, ModelHost.NameOf(host.StateOf(other)), other.Reason, other.Instance?.Model.Digest, other.Instance?.Model.Provider))],
    };
}
