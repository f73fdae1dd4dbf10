using DiTask.Model.Layers;
using DiTask.Model.Torch;
using static TorchSharp.torch;

namespace DiTask.Model.Folding;

/// <summary>The network with its adapters still on, as the authors' code runs it: what folded graphs are compared with.</summary>
internal sealed class UnfoldedParameters(WeightFolder folder, ITensorOps<Tensor> ops) : IParameterSource<Tensor>, IDisposable
{
    private readonly List<SpectralLinear> adapted = [];

    public bool Has(string key) => folder.Has(key);

    public Tensor Get(string key, params int[] shape) => ops.Constant(folder.Plain(key, shape));

    public ILinear<Tensor> Linear(string key, int inFeatures, int outFeatures, string? task)
    {
        Tensor? bias = folder.Bias(key, outFeatures) is { } values ? ops.Constant(values) : null;
        if (folder.WarpOf(key, task) is not { } warp)
        {
            return new Linear<Tensor>(ops, ops.Constant(folder.Unwarped(key, outFeatures, inFeatures, task)), bias);
        }

        SpectralLinear layer = new(folder.Decompose(key, outFeatures, inFeatures), warp, bias);
        adapted.Add(layer);
        folder.Release(key);
        return layer;
    }

    /// <inheritdoc/>
    public void Dispose() => adapted.ForEach(layer => layer.Dispose());
}
