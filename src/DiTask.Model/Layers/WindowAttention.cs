namespace DiTask.Model.Layers;

/// <summary>Multi-head self-attention inside windows, up to and without the output projection. Reference specification 3.3.</summary>
internal sealed class WindowAttention<T>
{
    private readonly ITensorOps<T> ops;
    private readonly WindowLayout layout;
    private readonly int dim;
    private readonly int numHeads;
    private readonly float queryScale;
    private readonly ILinear<T> qkv;
    private readonly T table;

    /// <param name="ops">Operations.</param>
    /// <param name="scope">The block's <c>attn</c>.</param>
    /// <param name="layout">Windows of the grid.</param>
    /// <param name="dim">Channels C.</param>
    /// <param name="numHeads">Heads; divide the channels.</param>
    /// <param name="queryScale">Factor of the queries; null for one over the square root of a head's size.</param>
    public WindowAttention(ITensorOps<T> ops, ParameterScope<T> scope, WindowLayout layout, int dim, int numHeads, double? queryScale)
    {
        this.queryScale = (float)(queryScale ?? 1 / Math.Sqrt((double)dim / numHeads));
        this.ops = ops;
        this.layout = layout;
        this.dim = dim;
        this.numHeads = numHeads;
        int side = (2 * layout.Window) - 1;
        qkv = scope.Linear("qkv", dim, 3 * dim);
        table = scope.Get("relative_position_bias_table", side * side, numHeads);
    }

    /// <summary>Tokens [B, L, C] in grid order to attended values [B, L, C] in grid order.</summary>
    public T Forward(T x)
    {
        int n = layout.TokensPerWindow;
        int headDim = dim / numHeads;
        T windows = layout.IsIdentity ? x : ops.Gather(x, 1, layout.TokenOfSlot);
        T projected = qkv.Forward(ops.Reshape(windows, -1, n, dim));                                 // [B*nW, N, 3C]
        T heads = ops.Transpose(ops.Reshape(projected, -1, n, 3, numHeads, headDim), 2, 0, 3, 1, 4); // [3, B*nW, nH, N, d]
        T query = ops.Scale(Part(heads, 0, n, headDim), queryScale);
        T key = ops.Transpose(Part(heads, 1, n, headDim), 0, 1, 3, 2);                               // [B*nW, nH, d, N]
        T logits = ops.Add(ops.MatMul(query, key), RelativePositionBias());                          // [B*nW, nH, N, N]
        T attention = ops.Softmax(Masked(logits));
        T values = ops.MatMul(attention, Part(heads, 2, n, headDim));                                // [B*nW, nH, N, d]
        T context = ops.Reshape(ops.Transpose(values, 0, 2, 1, 3), -1, layout.Grid * layout.Grid, dim);
        return layout.IsIdentity ? context : ops.Gather(context, 1, layout.SlotOfToken);             // [B, L, C]
    }

    private T Part(T heads, int part, int n, int headDim) =>
        ops.Reshape(ops.Slice(heads, 0, part, 1), -1, numHeads, n, headDim);                         // [B*nW, nH, N, d]

    private T RelativePositionBias()
    {
        int n = layout.TokensPerWindow;
        T bias = ops.Gather(table, 0, layout.RelativePositionIndex());                               // [N*N, nH]
        return ops.Transpose(ops.Reshape(bias, n, n, numHeads), 2, 0, 1);                            // [nH, N, N]
    }

    private T Masked(T logits)
    {
        if (layout.Shift == 0)
        {
            return logits;
        }

        int n = layout.TokensPerWindow;
        T perWindow = ops.Reshape(logits, -1, layout.WindowCount, numHeads, n, n);                   // [B, nW, nH, N, N]
        return ops.Reshape(ops.Add(perWindow, ops.Constant(layout.AttentionMask())), -1, numHeads, n, n);
    }
}
