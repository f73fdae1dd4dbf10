namespace DiTask.Model.Layers;

/// <summary>fc2(GELU(fc1(x))) in one stream.</summary>
internal sealed class Mlp<T>
{
    private readonly ITensorOps<T> ops;
    private readonly ILinear<T> fc1;
    private readonly ILinear<T> fc2;

    /// <param name="ops">Operations.</param>
    /// <param name="scope">The block's <c>mlp</c>.</param>
    /// <param name="dim">Channels in and out.</param>
    /// <param name="hidden">Channels between.</param>
    public Mlp(ITensorOps<T> ops, ParameterScope<T> scope, int dim, int hidden)
    {
        this.ops = ops;
        fc1 = scope.Linear("fc1", dim, hidden);
        fc2 = scope.Linear("fc2", hidden, dim);
    }

    /// <summary>[B, L, C] to [B, L, hidden].</summary>
    public T Hidden(T x) => ops.Gelu(fc1.Forward(x));

    /// <summary>[B, L, hidden] to [B, L, C].</summary>
    public T Output(T hidden) => fc2.Forward(hidden);
}
