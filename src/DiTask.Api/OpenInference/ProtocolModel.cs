using DiTask.Api.Models;
using DiTask.Model.Artifacts;
using DiTask.Model.Tasks;

namespace DiTask.Api.OpenInference;

/// <summary>A served model as the protocol shows it: once with pictures as input, once with the network's own tensors.</summary>
/// <param name="Instance">The model.</param>
/// <param name="IsTensor">Normalised floats in and logits out, in place of pictures in and maps out.</param>
internal sealed record ProtocolModel(ModelInstance Instance, bool IsTensor)
{
    public ServedModel Served => Instance.Model;

    public string Name => IsTensor ? Instance.Name + ServedModel.TensorSuffix : Instance.Name;

    public string Version => Instance.Version;

    /// <summary>Side of the model's square in pixels.</summary>
    public int Size => Served.Manifest.Input.Size;

    public TensorInfo Input { get; } = IsTensor
        ? new TensorInfo("INPUT", TensorInfo.Fp32, [-1, 3, Instance.Model.Manifest.Input.Size, Instance.Model.Manifest.Input.Size])
        : new TensorInfo("IMAGE", TensorInfo.Bytes, [-1, 1]);

    /// <summary>One per task, in the model's order.</summary>
    public IReadOnlyList<TensorInfo> Outputs { get; } = [.. Instance.Model.Manifest.Tasks.Select(task => Output(task, IsTensor, Instance.Model.Manifest.Input.Size))];

    private static TensorInfo Output(TaskSpec task, bool isTensor, int size) => isTensor
        ? new TensorInfo(task.Info.Name, TensorInfo.Fp32, [-1, task.Info.Channels, task.LogitsHeight, task.LogitsWidth])
        : task.Info.Kind == TaskKind.Labels
            ? new TensorInfo(task.Info.Name, TensorInfo.Uint8, [-1, size, size])
            : new TensorInfo(task.Info.Name, TensorInfo.Fp32, [-1, task.Info.Channels, size, size]);
}
