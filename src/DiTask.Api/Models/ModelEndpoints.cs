using DiTask.Api.Batching;
using DiTask.Api.Models.Contract;
using DiTask.Api.Problems;
using DiTask.Model.Tasks;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Models;

/// <summary>What is served: <c>/tasks</c> and <c>/models</c>.</summary>
internal sealed class ModelEndpoints(ModelHost host, IOptions<BatchingOptions> batching)
{
    public IResult GetTasks()
    {
        ServedModel model = host.Current ?? throw new RequestErrorException(host.UnavailableError());
        return Results.Json(new TaskList([.. model.Manifest.Tasks.Select(task => Describe(task.Info))]), ModelsJson.Default.TaskList);
    }

    public IResult GetModels() =>
        Results.Json(new ModelList(host.Current is { } model ? [Describe(model)] : []), ModelsJson.Default.ModelList);

    public IResult GetModel(string name) =>
        host.Current is { } model && model.Manifest.Name == name ? Results.Json(Describe(model), ModelsJson.Default.ModelAnswer) : Results.NotFound();

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

    private ModelAnswer Describe(ServedModel model) => new()
    {
        Name = model.Manifest.Name,
        Version = model.Manifest.Version,
        State = host.StateName,
        Digest = model.Digest,
        Provider = model.Provider,
        Notice = model.Manifest.Notice,
        Architecture = model.Manifest.Architecture,
        Input = model.Manifest.Input,
        Tasks = model.TaskNames,
        MaxBatchSize = batching.Value.ReadSizes().Largest,
    };
}
