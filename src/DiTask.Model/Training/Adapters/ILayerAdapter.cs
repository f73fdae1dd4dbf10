using DiTask.Model.Training.Network;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Adapters;

/// <summary>How the frozen weight of one linear layer is changed while it is trained.</summary>
internal interface ILayerAdapter
{
    /// <summary>What is trained.</summary>
    IReadOnlyList<TrainedParameter> Parameters { get; }

    /// <summary>The weight [out, in] in the stream of <paramref name="task"/>; null is the shared stream. Gradients flow to the parameters.</summary>
    Tensor Weight(string? task);
}
