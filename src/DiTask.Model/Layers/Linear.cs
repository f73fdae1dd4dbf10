namespace DiTask.Model.Layers;

/// <summary>A linear layer with a plain weight [out, in].</summary>
internal sealed class Linear<T>(ITensorOps<T> ops, T weight, T? bias) : ILinear<T>
{
    public T Forward(T x) => ops.Linear(x, weight, bias);
}
