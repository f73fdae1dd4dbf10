namespace DiTask.Model.Layers;

/// <summary>Layer normalisation over the last axis.</summary>
internal sealed class LayerNorm<T>(ITensorOps<T> ops, ParameterScope<T> scope, int channels)
{
    private readonly T gamma = scope.Get("weight", channels);
    private readonly T beta = scope.Get("bias", channels);

    /// <summary>[..., C] to [..., C].</summary>
    public T Forward(T x) => ops.LayerNorm(x, gamma, beta);
}
