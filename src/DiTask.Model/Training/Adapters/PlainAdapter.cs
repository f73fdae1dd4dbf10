using DiTask.Model.Training.Network;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Adapters;

/// <summary>No adapter: the weight itself, frozen or trained.</summary>
/// <param name="weight">[out, in].</param>
internal sealed class PlainAdapter(Tensor weight) : ILayerAdapter
{
    /// <inheritdoc/>
    public IReadOnlyList<TrainedParameter> Parameters => [];

    /// <inheritdoc/>
    public Tensor Weight(string? task) => weight;
}
