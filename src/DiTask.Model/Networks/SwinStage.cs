using DiTask.Model.Config;
using DiTask.Model.Layers;

namespace DiTask.Model.Networks;

/// <summary>The blocks of one stage and, but for the last stage, the merging behind them.</summary>
internal sealed class SwinStage<T>
{
    private readonly SwinBlock<T>[] blocks;
    private readonly PatchMerging<T>? merging;
    private readonly int stage;
    private readonly StagePlan plan;

    /// <param name="ops">Operations.</param>
    /// <param name="backbone">The backbone's place.</param>
    /// <param name="config">Its sizes.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="plan">What the branches read of it.</param>
    public SwinStage(ITensorOps<T> ops, ParameterScope<T> backbone, BackboneConfig config, int stage, StagePlan plan)
    {
        this.stage = stage;
        this.plan = plan;
        int grid = config.GridSize(stage);
        int window = config.WindowSizes[stage];
        WindowLayout plain = new(grid, window, 0);
        WindowLayout shifted = new(grid, window, WindowLayout.ShiftOf(grid, window, block: 1));
        ParameterScope<T> layer = backbone / "layers" / stage;
        blocks = [.. Enumerable.Range(0, config.Depths[stage]).Select(index => new SwinBlock<T>(
            ops, layer / "blocks" / index, index % 2 == 0 ? plain : shifted, config, stage, index))];
        merging = stage < config.Depths.Count - 1 ? new PatchMerging<T>(ops, layer / "downsample", grid, config.Channels(stage)) : null;
    }

    /// <summary>Tokens [B, L, C] in, features into <paramref name="taps"/>, tokens of the next stage out; after the last stage they mean nothing.</summary>
    public T Forward(T x, Dictionary<Tap, T> taps)
    {
        foreach (SwinBlock<T> block in blocks.AsSpan()[..^1])
        {
            x = block.Forward(x);
        }

        SwinBlock<T> last = blocks[^1];
        T context = last.Context(x);
        Keep(taps, TapKind.Shortcut, x);
        Keep(taps, TapKind.Context, context);
        if (!Needs(TapKind.Attended, TapKind.Hidden, TapKind.Output))
        {
            return x;
        }

        T attended = last.Attended(x, context);
        Keep(taps, TapKind.Attended, attended);
        if (!Needs(TapKind.Hidden, TapKind.Output))
        {
            return x;
        }

        T hidden = last.Hidden(attended);
        Keep(taps, TapKind.Hidden, hidden);
        if (!Needs(TapKind.Output))
        {
            return x;
        }

        x = last.Output(attended, hidden);
        x = merging is null ? x : merging.Forward(x);
        Keep(taps, TapKind.Output, x);
        return x;
    }

    // After the last stage the shared stream is dead, unless a task has no layers of its own there and reads it.
    private bool Needs(params TapKind[] kinds) => merging is not null || plan.Taps.Any(kinds.Contains);

    private void Keep(Dictionary<Tap, T> taps, TapKind kind, T value)
    {
        if (plan.Taps.Contains(kind))
        {
            taps[new Tap(stage, kind)] = value;
        }
    }
}
