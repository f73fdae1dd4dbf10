using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>The tessellation sizes in one stage; one number each unless the layers differ.</summary>
/// <param name="Stage">Index of the stage.</param>
/// <param name="Shared">Cells of the shared thetas.</param>
/// <param name="Tasks">Task to the cells of its thetas.</param>
internal sealed record StageTessellation(int Stage, IReadOnlyList<int> Shared, IReadOnlyDictionary<string, IReadOnlyList<int>> Tasks)
{
    public static IReadOnlyList<StageTessellation> Of(ModelConfig config)
    {
        List<StageTessellation> stages = [];
        for (int stage = 0; stage < config.Backbone.Depths.Count; stage++)
        {
            string prefix = $"layers.{stage}.";
            int[] shared = [.. config.Adapters.SharedTessellation.Where(layer => layer.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(layer => layer.Value).Distinct().Order()];
            if (shared.Length > 0)
            {
                var tasks = config.Adapters.TaskTessellation
                    .Where(layer => layer.Key.StartsWith(prefix, StringComparison.Ordinal))
                    .SelectMany(layer => layer.Value)
                    .GroupBy(task => task.Key, task => task.Value)
                    .ToDictionary(task => task.Key, IReadOnlyList<int> (task) => [.. task.Distinct().Order()]);
                stages.Add(new StageTessellation(stage, shared, tasks));
            }
        }

        return stages;
    }
}
