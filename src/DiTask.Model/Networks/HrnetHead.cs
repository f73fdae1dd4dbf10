using DiTask.Model.Layers;

namespace DiTask.Model.Networks;

/// <summary>Brings four levels to the finest one's size, joins them and classifies every position.</summary>
/// <remarks><b>Source:</b> reference specification 4.2; reference, models/seg_hrnet.py: HighResolutionHead.</remarks>
internal sealed class HrnetHead<T>
{
    private readonly ITensorOps<T> ops;
    private readonly T weight;
    private readonly T bias;
    private readonly T gamma;
    private readonly T beta;
    private readonly T mean;
    private readonly T variance;
    private readonly T classifierWeight;
    private readonly T classifierBias;

    /// <param name="ops">Operations.</param>
    /// <param name="scope">The task's decoder.</param>
    /// <param name="channels">Channels of the four levels together.</param>
    /// <param name="outputs">Channels of the logits.</param>
    public HrnetHead(ITensorOps<T> ops, ParameterScope<T> scope, int channels, int outputs)
    {
        this.ops = ops;
        int hidden = 4 * channels;
        ParameterScope<T> layers = scope / "last_layer";
        weight = (layers / 0).Get("weight", hidden, channels, 1, 1);
        bias = (layers / 0).Get("bias", hidden);
        gamma = (layers / 1).Get("weight", hidden);
        beta = (layers / 1).Get("bias", hidden);
        mean = (layers / 1).Get("running_mean", hidden);
        variance = (layers / 1).Get("running_var", hidden);
        classifierWeight = (layers / 3).Get("weight", outputs, hidden, 1, 1);
        classifierBias = (layers / 3).Get("bias", outputs);
    }

    /// <summary>Levels [B, C_i, R_i, R_i], finest first, to logits [B, outputs, R_0, R_0].</summary>
    /// <param name="levels">The four levels.</param>
    /// <param name="size">R_0.</param>
    public T Forward(IReadOnlyList<T> levels, int size)
    {
        T joined = ops.Concat(1, [levels[0], .. levels.Skip(1).Select(level => ops.ResizeBilinear(level, size, size))]);
        T x = ops.Conv2d(joined, weight, bias, 1);
        x = ops.Relu(ops.BatchNorm(x, gamma, beta, mean, variance));
        return ops.Conv2d(x, classifierWeight, classifierBias, 1);
    }
}
