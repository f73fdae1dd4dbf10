using DiTask.Model.Config;

namespace DiTask.Model.Layers;

/// <summary>Cuts the image into patches and projects each to a token. Reference specification 3.2.</summary>
internal sealed class PatchEmbed<T>
{
    private readonly ITensorOps<T> ops;
    private readonly BackboneConfig config;
    private readonly T weight;
    private readonly T bias;
    private readonly LayerNorm<T>? norm;
    private readonly bool hasPosition;
    private readonly T? position;

    /// <param name="ops">Operations.</param>
    /// <param name="scope">The backbone.</param>
    /// <param name="config">Its sizes.</param>
    public PatchEmbed(ITensorOps<T> ops, ParameterScope<T> scope, BackboneConfig config)
    {
        this.ops = ops;
        this.config = config;
        int tokens = config.GridSize(0) * config.GridSize(0);
        weight = (scope / "patch_embed" / "proj").Get("weight", config.EmbedDim, 3, config.PatchSize, config.PatchSize);
        bias = (scope / "patch_embed" / "proj").Get("bias", config.EmbedDim);
        norm = config.PatchNorm ? new LayerNorm<T>(ops, scope / "patch_embed" / "norm", config.EmbedDim) : null;
        hasPosition = config.AbsolutePositionEmbedding;
        position = hasPosition ? scope.Get("absolute_pos_embed", 1, tokens, config.EmbedDim) : default;
    }

    /// <summary>Image [B, 3, S, S] to tokens [B, L, C], row-major.</summary>
    public T Forward(T image)
    {
        int tokens = config.GridSize(0) * config.GridSize(0);
        T x = ops.Conv2d(image, weight, bias, config.PatchSize);                                    // [B, C, R, R]
        x = ops.Transpose(ops.Reshape(x, -1, config.EmbedDim, tokens), 0, 2, 1);                    // [B, L, C]
        x = norm is null ? x : norm.Forward(x);
        return hasPosition ? ops.Add(x, position!) : x;
    }
}
