namespace DiTask.Model.Layers;

/// <summary>Joins each 2x2 of tokens into one of twice the channels. The same weights serve trunk and tasks.</summary>
/// <remarks><b>Source:</b> reference specification 3.4.</remarks>
internal sealed class PatchMerging<T>
{
    private readonly ITensorOps<T> ops;
    private readonly int grid;
    private readonly int dim;
    private readonly LayerNorm<T> norm;
    private readonly ILinear<T> reduction;

    /// <param name="ops">Operations.</param>
    /// <param name="scope">The stage's <c>downsample</c>.</param>
    /// <param name="grid">Tokens per side; even.</param>
    /// <param name="dim">Channels C.</param>
    public PatchMerging(ITensorOps<T> ops, ParameterScope<T> scope, int grid, int dim)
    {
        this.ops = ops;
        this.grid = grid;
        this.dim = dim;
        norm = new LayerNorm<T>(ops, scope / "norm", 4 * dim);
        reduction = scope.Linear("reduction", 4 * dim, 2 * dim);
    }

    /// <summary>[B, R*R, C] to [B, R*R/4, 2C].</summary>
    public T Forward(T x)
    {
        T neighbours = ops.Gather(x, 1, NeighbourOrder());                                          // [B, R*R, C]
        T joined = ops.Reshape(neighbours, -1, grid / 2 * (grid / 2), 4 * dim);                     // [B, R*R/4, 4C]
        return reduction.Forward(norm.Forward(joined));
    }

    private int[] NeighbourOrder()
    {
        int half = grid / 2;
        int[] order = new int[grid * grid];
        for (int token = 0; token < half * half; token++)
        {
            int row = 2 * (token / half);
            int column = 2 * (token % half);
            order[4 * token] = (row * grid) + column;
            order[(4 * token) + 1] = ((row + 1) * grid) + column;
            order[(4 * token) + 2] = (row * grid) + column + 1;
            order[(4 * token) + 3] = ((row + 1) * grid) + column + 1;
        }

        return order;
    }
}
