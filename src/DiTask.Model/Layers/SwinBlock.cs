using DiTask.Model.Config;

namespace DiTask.Model.Layers;

/// <summary>
/// One transformer block in the shared stream, in the steps that the tasks' own layers can branch off from:
/// attention context, attended tokens, hidden MLP values, output. Steps that nobody asks for are neither built nor folded.
/// </summary>
/// <remarks><b>Shapes:</b> [B, L, C] throughout; hidden values are [B, L, ratio C]. <b>Source:</b> reference specification 3.3.</remarks>
internal sealed class SwinBlock<T>
{
    private readonly ITensorOps<T> ops;
    private readonly LayerNorm<T> norm1;
    private readonly WindowAttention<T> attention;
    private readonly Lazy<ILinear<T>> proj;
    private readonly Lazy<LayerNorm<T>> norm2;
    private readonly Lazy<Mlp<T>> mlp;
    private readonly double depth;

    /// <param name="ops">Operations.</param>
    /// <param name="scope">The block.</param>
    /// <param name="layout">Windows of the grid, shifted or not.</param>
    /// <param name="config">Sizes of the backbone.</param>
    /// <param name="stage">The stage that the block is in.</param>
    /// <param name="block">Its index there.</param>
    public SwinBlock(ITensorOps<T> ops, ParameterScope<T> scope, WindowLayout layout, BackboneConfig config, int stage, int block)
    {
        this.ops = ops;
        depth = config.RelativeDepth(stage, block);
        int dim = config.Channels(stage);
        norm1 = new LayerNorm<T>(ops, scope / "norm1", dim);
        attention = new WindowAttention<T>(ops, scope / "attn", layout, dim, config.NumHeads[stage], config.QkScale);
        proj = new(() => (scope / "attn").Linear("proj", dim, dim));
        norm2 = new(() => new LayerNorm<T>(ops, scope / "norm2", dim));
        mlp = new(() => new Mlp<T>(ops, scope / "mlp", dim, config.HiddenChannels(stage)));
    }

    /// <summary>What the heads read, before the output projection.</summary>
    public T Context(T x) => ops.Scoped(() => attention.Forward(norm1.Forward(x)));

    /// <summary>The block's input plus its projected context.</summary>
    public T Attended(T x, T context) => ops.Scoped(() => ops.Residual(x, proj.Value.Forward(context), depth));

    /// <summary>Values between the two layers of the MLP.</summary>
    public T Hidden(T attended) => ops.Scoped(() => mlp.Value.Hidden(norm2.Value.Forward(attended)));

    /// <summary>Attended tokens plus the MLP's output.</summary>
    public T Output(T attended, T hidden) => ops.Scoped(() => ops.Residual(attended, mlp.Value.Output(hidden), depth));

    /// <summary>The whole block.</summary>
    public T Forward(T x) => ops.Scoped(() =>
    {
        T attended = Attended(x, Context(x));
        return Output(attended, Hidden(attended));
    });
}
