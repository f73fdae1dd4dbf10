using TorchSharp.Modules;

namespace DiTask.Model.Training.Network;

/// <summary>A tensor that training changes.</summary>
/// <param name="Key">Its key; that of the authors' layout where they have one.</param>
/// <param name="Tensor">Its values, float32.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Task">The task that alone uses it; null when all share it.</param>
internal sealed record TrainedParameter(string Key, Parameter Tensor, ParameterRole Role, string? Task)
{
    /// <summary>Weight decay pulls matrices only, and thetas among them as they are [1, d].</summary>
    public bool IsDecayed => Tensor.dim() > 1 && !Key.EndsWith(".bias", StringComparison.Ordinal);
}
