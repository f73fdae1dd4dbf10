using DiTask.Model.Config;
using DiTask.Model.Layers;

namespace DiTask.Model.Networks;

/// <summary>A task's own end of one stage: its projection and MLP in the last block, then the shared merging.</summary>
/// <remarks><b>Source:</b> reference specification 3.3 (7), 3.4; the mixtures of plain and adapted layers as in <see cref="TapPlan"/>.</remarks>
internal sealed class TaskTail<T>
{
    private readonly ITensorOps<T> ops;
    private readonly int stage;
    private readonly double depth;
    private readonly ILinear<T>? proj;
    private readonly LayerNorm<T>? norm2;
    private readonly ILinear<T>? fc1;
    private readonly ILinear<T>? fc2;
    private readonly PatchMerging<T>? merging;

    /// <param name="ops">Operations.</param>
    /// <param name="backbone">The backbone's place.</param>
    /// <param name="config">Its sizes.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="plan">Which layers are the task's own.</param>
    /// <param name="task">Wire name of the task.</param>
    public TaskTail(ITensorOps<T> ops, ParameterScope<T> backbone, BackboneConfig config, int stage, StagePlan plan, string task)
    {
        this.ops = ops;
        this.stage = stage;
        depth = config.RelativeDepth(stage, config.Depths[stage] - 1);
        int dim = config.Channels(stage);
        int hidden = config.HiddenChannels(stage);
        ParameterScope<T> layer = backbone / "layers" / stage;
        ParameterScope<T> block = layer / "blocks" / (config.Depths[stage] - 1);
        proj = plan.TaskProj ? (block / "attn").Linear("proj", dim, dim, task) : null;
        norm2 = plan.TaskFc1 ? new LayerNorm<T>(ops, block / "norm2", dim) : null;
        fc1 = plan.TaskFc1 ? (block / "mlp").Linear("fc1", dim, hidden, task) : null;
        fc2 = plan.TaskFc2 ? (block / "mlp").Linear("fc2", hidden, dim, task) : null;
        merging = plan.TaskFc2 && stage < config.Depths.Count - 1 ? new PatchMerging<T>(ops, layer / "downsample", config.GridSize(stage), dim) : null;
    }

    /// <summary>The task's feature of this stage, as tokens.</summary>
    public T Forward(IReadOnlyDictionary<Tap, T> taps)
    {
        if (fc2 is null)
        {
            return taps[new Tap(stage, TapKind.Output)];
        }

        T x;
        if (proj is not null)
        {
            T attended = ops.Residual(taps[new Tap(stage, TapKind.Shortcut)], proj.Forward(taps[new Tap(stage, TapKind.Context)]), depth);
            x = ops.Residual(attended, fc2.Forward(fc1 is null ? SharedHidden(taps) : OwnHidden(attended)), depth);
        }
        else
        {
            // Without a projection of its own a task has no residual path either: the authors' code adds none.
            x = fc2.Forward(fc1 is null ? SharedHidden(taps) : OwnHidden(taps[new Tap(stage, TapKind.Attended)]));
        }

        return merging is null ? x : merging.Forward(x);
    }

    private T OwnHidden(T attended) => ops.Gelu(fc1!.Forward(norm2!.Forward(attended)));

    private T SharedHidden(IReadOnlyDictionary<Tap, T> taps) => taps[new Tap(stage, TapKind.Hidden)];
}
