using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Diagnosis.Gradients;
using DiTask.Model.Networks;

namespace DiTask.Model.Diagnosis.Costs;

/// <summary>Parameters and multiply-adds of a network with folded adapters, layer by layer from its sizes.</summary>
/// <remarks>
/// Counted are linear layers, convolutions and the two products of attention; 1 multiply-add is 2 FLOP. The trunk is counted whole, its dead end in the
/// last stage included, as the authors count it. Batch statistics and masks are no parameters.
/// </remarks>
/// <param name="Trunk">The shared part.</param>
/// <param name="Tasks">What the tasks add.</param>
/// <param name="Thetas">CPAB parameters, which folding leaves nothing of.</param>
internal sealed record NetworkCost(IReadOnlyList<StageCost> Trunk, IReadOnlyList<TaskCost> Tasks, long Thetas)
{
    private const double Giga = 1e9;

    /// <summary>Multiply-adds of the trunk per picture, in 10^9.</summary>
    public double TrunkGigaMacs => Trunk.Sum(stage => stage.GigaMacs);

    /// <summary>Numbers in the trunk.</summary>
    public long TrunkParameters => Trunk.Sum(stage => stage.Parameters);

    /// <summary>Multiply-adds of the whole network per picture, in 10^9.</summary>
    public double GigaMacs => TrunkGigaMacs + Tasks.Sum(task => task.GigaMacs);

    /// <summary>Numbers in a checkpoint, thetas included.</summary>
    public long StoredParameters => TrunkParameters + Tasks.Sum(task => task.Parameters) + Thetas;

    /// <summary>Numbers in memory once every task has its folded weights.</summary>
    public long ResidentParameters => StoredParameters - Thetas + Tasks.Sum(task => task.CopiedParameters);

    /// <summary>10^9 multiply-adds of a network for some of the tasks.</summary>
    public double Of(IEnumerable<string> tasks) => TrunkGigaMacs + Tasks.Where(task => tasks.Contains(task.Task)).Sum(task => task.GigaMacs);

    /// <summary>The cost of <paramref name="config"/>.</summary>
    public static NetworkCost Of(ModelConfig config)
    {
        BackboneConfig backbone = config.Backbone;
        Dictionary<string, long> parameters = Parameters(config);
        int[] stages = [.. Enumerable.Range(0, backbone.Depths.Count)];
        long stem = Area(backbone.GridSize(0)) * backbone.EmbedDim * 3 * backbone.PatchSize * backbone.PatchSize;
        IEnumerable<StageCost> trunk = stages.Select(stage => new StageCost($"stage {stage}", parameters.GetValueOrDefault($"stage {stage}"), StageMacs(backbone, stage) / Giga));
        return new NetworkCost(
            [new StageCost("stem", parameters.GetValueOrDefault("stem"), stem / Giga), .. trunk],
            [.. config.Tasks.Select(task => Cost(config, task, parameters.GetValueOrDefault(task.Name)))],
            config.Adapters.SharedTessellation.Values.Concat(config.Adapters.TaskTessellation.Values.SelectMany(tasks => tasks.Values)).Sum(cells => cells - 1L));
    }

    private static TaskCost Cost(ModelConfig config, TaskConfig task, long parameters)
    {
        BackboneConfig backbone = config.Backbone;
        TapPlan plan = new(config);
        long tail = 0;
        long head = 0;
        long copied = 0;
        long channels = 0;
        for (int stage = 0; stage < backbone.Depths.Count; stage++)
        {
            long c = backbone.Channels(stage);
            long hidden = backbone.HiddenChannels(stage);
            long own = (plan[stage].TaskProj ? c * c : 0) + (plan[stage].TaskFc1 ? c * hidden : 0) + (plan[stage].TaskFc2 ? hidden * c : 0);
            copied += own;
            tail += (own * Area(backbone.GridSize(stage))) + (own > 0 ? MergingMacs(backbone, stage) : 0);
            int level = task.DecoderChannels?[stage] ?? backbone.OutputChannels(stage);
            head += task.DecoderChannels is null ? 0 : Area(backbone.OutputGridSize(stage)) * backbone.OutputChannels(stage) * level;
            channels += level;
        }

        head += Area(backbone.OutputGridSize(0)) * ((channels * 4 * channels) + (4 * channels * task.OutputChannels));
        return new TaskCost(task.Name, tail / Giga, head / Giga, parameters, copied);
    }

    private static long StageMacs(BackboneConfig backbone, int stage)
    {
        long c = backbone.Channels(stage);
        long window = Area(backbone.WindowSizes[stage]);
        long perToken = (3 * c * c) + (2 * window * c) + (c * c) + (2 * c * backbone.HiddenChannels(stage));
        return (backbone.Depths[stage] * Area(backbone.GridSize(stage)) * perToken) + MergingMacs(backbone, stage);
    }

    private static long MergingMacs(BackboneConfig backbone, int stage) =>
        stage == backbone.Depths.Count - 1 ? 0 : Area(backbone.GridSize(stage + 1)) * 8L * backbone.Channels(stage) * backbone.Channels(stage);

    private static long Area(int side) => (long)side * side;

    // Of the trunk by part, of the decoders by task.
    private static Dictionary<string, long> Parameters(ModelConfig config)
    {
        ModelConfig folded = config with { Adapters = AdapterConfig.None };
        return KeyCatalog.Of(folded)
            .Where(tensor => !tensor.Derived && !tensor.Key.Contains(".running_", StringComparison.Ordinal))
            .GroupBy(tensor => tensor.Key.StartsWith(config.Backbone.KeyPrefix, StringComparison.Ordinal) && !IsDecoder(tensor.Key)
                ? SharedParameters.GroupOf("backbone." + tensor.Key[config.Backbone.KeyPrefix.Length..])
                : config.Tasks.FirstOrDefault(task => tensor.Key.Contains($".{task.Name}.", StringComparison.Ordinal))?.Name ?? "decoder")
            .ToDictionary(group => group.Key, group => group.Sum(tensor => tensor.Count));
    }

    private static bool IsDecoder(string key) => key.StartsWith("decoders.", StringComparison.Ordinal) || key.StartsWith("downsampler.", StringComparison.Ordinal);
}
