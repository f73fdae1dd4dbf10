using DiTask.Model.Layers;

namespace DiTask.Model.Folding;

/// <summary>Plain weights for any interpreter of the network.</summary>
internal sealed class FoldedParameters<T>(WeightFolder folder, ITensorOps<T> ops) : IParameterSource<T>
{
    public bool Has(string key) => folder.Has(key);

    public T Get(string key, params int[] shape) => ops.Constant(folder.Plain(key, shape));

    public ILinear<T> Linear(string key, int inFeatures, int outFeatures, string? task)
    {
        T weight = ops.Constant(folder.Fold(key, outFeatures, inFeatures, task));
        return folder.Bias(key, outFeatures) is { } bias ? new Linear<T>(ops, weight, ops.Constant(bias)) : new Linear<T>(ops, weight, default);
    }
}
