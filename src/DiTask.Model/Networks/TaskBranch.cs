using DiTask.Model.Config;
using DiTask.Model.Layers;

namespace DiTask.Model.Networks;

/// <summary>All that one task owns: its tails of the four stages, its downsamplers, its head.</summary>
/// <remarks><b>Source:</b> reference specification 3.3, 4.</remarks>
internal sealed class TaskBranch<T>
{
    private readonly ITensorOps<T> ops;
    private readonly BackboneConfig backbone;
    private readonly TaskTail<T>[] tails;
    private readonly T[]? downsamplers;
    private readonly int[] levelChannels;
    private readonly HrnetHead<T> head;

    /// <param name="ops">Operations.</param>
    /// <param name="root">Root of the checkpoint's keys.</param>
    /// <param name="config">Sizes and adapters.</param>
    /// <param name="task">The task.</param>
    public TaskBranch(ITensorOps<T> ops, ParameterScope<T> root, ModelConfig config, TaskConfig task)
    {
        this.ops = ops;
        backbone = config.Backbone;
        TapPlan plan = new(config);
        int[] stages = [.. Enumerable.Range(0, backbone.Depths.Count)];
        tails = [.. stages.Select(stage => new TaskTail<T>(ops, root / "backbone", backbone, stage, plan[stage], task.Name))];
        levelChannels = [.. task.DecoderChannels ?? stages.Select(backbone.OutputChannels)];
        ParameterScope<T> downsampler = config.SharedDownsampler ? root / "downsampler" : root / "downsampler" / task.Name;
        downsamplers = task.DecoderChannels is null ? null : [.. stages.Select(stage =>
            (downsampler / $"downsample_{stage}").Get("weight", levelChannels[stage], backbone.OutputChannels(stage), 1, 1))];
        head = new HrnetHead<T>(ops, root / "decoders" / "decoders" / task.Name, levelChannels.Sum(), task.OutputChannels);
    }

    /// <summary>Features of the trunk to logits [B, outputs, R, R], R = S / (2 patch).</summary>
    public T Forward(IReadOnlyDictionary<Tap, T> taps)
    {
        List<T> levels = [];
        foreach (int stage in Enumerable.Range(0, tails.Length))
        {
            levels.Add(ops.Scoped(() => Level(stage, taps)));
        }

        return ops.Scoped(() => head.Forward(levels, backbone.OutputGridSize(0)));
    }

    /// <summary>What the branch makes of the trunk before anything that is no backbone: a level [B, C_i, R_i, R_i] per stage, finest first.</summary>
    public IReadOnlyList<T> Features(IReadOnlyDictionary<Tap, T> taps) =>
        [.. Enumerable.Range(0, tails.Length).Select(stage => ops.Scoped(() => Grid(tails[stage].Forward(taps), stage, backbone.OutputChannels(stage))))];

    private T Level(int stage, IReadOnlyDictionary<Tap, T> taps)
    {
        T tokens = tails[stage].Forward(taps);                                                      // [B, R*R, C]
        tokens = downsamplers is null ? tokens : Downsample(tokens, stage);                         // [B, R*R, C']
        return Grid(tokens, stage, levelChannels[stage]);
    }

    private T Grid(T tokens, int stage, int channels)
    {
        int size = backbone.OutputGridSize(stage);
        return ops.Reshape(ops.Transpose(tokens, 0, 2, 1), -1, channels, size, size);
    }

    // A 1x1 convolution without bias is a linear layer on tokens.
    private T Downsample(T tokens, int stage) =>
        ops.Linear(tokens, ops.Reshape(downsamplers![stage], levelChannels[stage], backbone.OutputChannels(stage)), default);
}
