using DiTask.Model.Checkpoints;
using DiTask.Model.Layers;
using DiTask.Model.Torch;
using static TorchSharp.torch;

namespace DiTask.Model.Folding;

/// <summary>The network with its adapters still on, as the authors' code runs it: what folded graphs are compared with.</summary>
internal sealed class UnfoldedParameters(WeightFolder folder, ITensorOps<Tensor> ops) : IParameterSource<Tensor>
{
    public bool Has(string key) => folder.Has(key);

    public Tensor Get(string key, params int[] shape) => ops.Constant(folder.Plain(key, shape));

    public ILinear<Tensor> Linear(string key, int inFeatures, int outFeatures, string? task)
    {
        HostTensor frozen = folder.Frozen(key, outFeatures, inFeatures);
        Tensor? bias = folder.Bias(key, outFeatures) is { } values ? ops.Constant(values) : null;
        return folder.WarpOf(key, task) is { } warp
            ? new SpectralLinear(folder.Decompose(key, frozen), warp, bias)
            : new Linear<Tensor>(ops, ops.Constant(frozen), bias);
    }
}
