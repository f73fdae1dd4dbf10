using DiTask.Model.Checkpoints;
using DiTask.Model.Config;

namespace DiTask.Model.Folding;

/// <summary>The network that a checkpoint and the caller's wishes amount to, or everything that speaks against it.</summary>
internal static class FoldPlan
{
    /// <summary>The network to fold.</summary>
    /// <exception cref="CheckpointException">The checkpoint is of another model, or lacks keys; all of them at once.</exception>
    /// <exception cref="FoldException">It cannot be folded as asked; all reasons at once.</exception>
    public static ModelConfig Of(CheckpointFile checkpoint, FoldOptions options)
    {
        ModelConfig config = ConfigDetector.Detect(checkpoint, options.ImageSize);
        CheckpointAudit.Of(checkpoint, config).ThrowUnlessComplete(checkpoint.Path);
        List<string> problems = [.. TaskProblems(config, options.Tasks)];
        ModelConfig chosen = config with { Tasks = [.. config.Tasks.Where(task => options.Tasks?.Contains(task.Name) ?? true)] };
        problems.AddRange(chosen.Tasks.Where(task => task.Head != HeadKind.Hrnet)
            .Select(task => $"the head of {task.Name} is '{task.Head}'; only HRNet heads can be folded"));
        problems.AddRange(config.Backbone.GridProblems());
        return problems.Count == 0
            ? chosen
            : throw new FoldException($"'{checkpoint.Path}' cannot be folded: {string.Join("; ", problems)}.");
    }

    /// <summary>What the user should know of a fold that worked.</summary>
    public static IEnumerable<string> Warnings(WeightScope root, ModelConfig config, WeightFolder weights)
    {
        foreach (string key in weights.DegenerateWeights)
        {
            yield return $"'{key}' has singular values that nearly coincide; what the index warp makes of them depends on the decomposition";
        }

        string[] unused = [.. root.UnusedKeys.Where(key => !IsKnownToBeDead(key, config))];
        if (unused.Length > 0)
        {
            yield return $"{unused.Length} keys of the checkpoint are not used: {string.Join(", ", unused.Take(5))}{(unused.Length > 5 ? ", ..." : "")}";
        }
    }

    private static IEnumerable<string> TaskProblems(ModelConfig config, IReadOnlyList<string>? wanted)
    {
        if (config.Tasks.Count == 0)
        {
            yield return "it has no task heads (a bare backbone has nothing to predict with)";
        }

        foreach (string task in wanted ?? [])
        {
            if (config.Tasks.All(known => known.Name != task))
            {
                yield return $"it has no task '{task}', only {string.Join(", ", config.Tasks.Select(known => known.Name))}";
            }
        }
    }

    // Tasks that were left out, thetas whose result the reference drops, and the shared end of the last block.
    private static bool IsKnownToBeDead(string key, ModelConfig config)
    {
        string last = $"backbone.layers.{config.Backbone.Depths.Count - 1}.blocks.{config.Backbone.Depths[^1] - 1}.";
        return key.Contains(".lora_tasks_A.", StringComparison.Ordinal)
            || (key.StartsWith(last, StringComparison.Ordinal) && key.EndsWith(".lora_shared_A", StringComparison.Ordinal))
            || IsOfOtherTask(key, "downsampler.", config)
            || IsOfOtherTask(key, "decoders.decoders.", config);
    }

    private static bool IsOfOtherTask(string key, string prefix, ModelConfig config) =>
        key.StartsWith(prefix, StringComparison.Ordinal)
        && config.Tasks.All(task => !key.StartsWith($"{prefix}{task.Name}.", StringComparison.Ordinal));
}
