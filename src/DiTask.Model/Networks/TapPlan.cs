using DiTask.Model.Config;

namespace DiTask.Model.Networks;

/// <summary>
/// What the branches read of each stage, given which layers of its last block have thetas per task. The authors' code allows
/// every mixture; normally all three layers have them and a branch reads shortcut and context.
/// </summary>
/// <remarks><b>Source:</b> reference, models/swin_transformer_ditask.py: Mlp.forward, SwinTransformerBlock.forward.</remarks>
internal sealed class TapPlan
{
    private readonly StagePlan[] stages;

    /// <param name="config">Sizes and adapters.</param>
    public TapPlan(ModelConfig config) =>
        stages = [.. config.Backbone.Depths.Select((depth, stage) => Plan(config.Adapters, $"layers.{stage}.blocks.{depth - 1}"))];

    /// <summary>All features, stage by stage.</summary>
    public IEnumerable<Tap> Taps => stages.SelectMany((plan, stage) => plan.Taps.Select(kind => new Tap(stage, kind)));

    /// <summary>The plan of one stage.</summary>
    public StagePlan this[int stage] => stages[stage];

    private static StagePlan Plan(AdapterConfig adapters, string block)
    {
        bool proj = adapters.HasTasks($"{block}.attn.proj");
        bool fc1 = adapters.HasTasks($"{block}.mlp.fc1");
        bool fc2 = adapters.HasTasks($"{block}.mlp.fc2");
        if (!fc2)
        {
            return new StagePlan(TaskProj: false, TaskFc1: false, TaskFc2: false, [TapKind.Output]);
        }

        List<TapKind> taps = proj ? [TapKind.Shortcut, TapKind.Context] : [];
        if (!fc1)
        {
            taps.Add(TapKind.Hidden);
        }
        else if (!proj)
        {
            taps.Add(TapKind.Attended);
        }

        return new StagePlan(proj, fc1, fc2, taps);
    }
}
