using DiTask.Model.Training.Network;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Adapters;

/// <summary>LoRA: the frozen weight plus (alpha / r) B A, with a pair of its own for each task where MTLoRA has them.</summary>
/// <remarks><b>Source:</b> Hu et al., ICLR 2022; Agiza et al. (MTLoRA), CVPR 2024: a task's pair acts on the frozen weight, not on the shared one.</remarks>
internal sealed class LowRankAdapter : ILayerAdapter
{
    private readonly Tensor weight;
    private readonly double scale;
    private readonly Dictionary<string, Pair> pairs;

    /// <param name="weight">The frozen weight [out, in].</param>
    /// <param name="scale">alpha / r.</param>
    /// <param name="parameters">A [r, in] and B [out, r] of the shared stream, whose task is null, and of tasks, in turn.</param>
    public LowRankAdapter(Tensor weight, double scale, IReadOnlyList<TrainedParameter> parameters)
    {
        this.weight = weight;
        this.scale = scale;
        Parameters = parameters;
        pairs = parameters.Chunk(2).ToDictionary(pair => pair[0].Task ?? "", pair => new Pair(pair[0], pair[1]));
    }

    /// <inheritdoc/>
    public IReadOnlyList<TrainedParameter> Parameters { get; }

    /// <inheritdoc/>
    public Tensor Weight(string? task) => weight.add(pairs[task ?? ""].Product().mul(scale));

    private sealed record Pair(TrainedParameter A, TrainedParameter B)
    {
        public Tensor Product() => B.Tensor.matmul(A.Tensor);
    }
}
