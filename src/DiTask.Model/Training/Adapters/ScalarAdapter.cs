using DiTask.Model.Training.Network;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Adapters;

/// <summary>One number per matrix: the weight times 1 + a, a = 0 at the start. What a rival of DiTASK with almost no parameters can do.</summary>
internal sealed class ScalarAdapter(Tensor weight, TrainedParameter gain) : ILayerAdapter
{
    /// <inheritdoc/>
    public IReadOnlyList<TrainedParameter> Parameters { get; } = [gain];

    /// <inheritdoc/>
    public Tensor Weight(string? task) => weight.mul(gain.Tensor.add(1));
}
