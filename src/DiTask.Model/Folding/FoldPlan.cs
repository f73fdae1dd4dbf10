using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Tasks;

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
        CheckpointAudit audit = CheckpointAudit.Of(checkpoint, config);
        audit.ThrowUnlessComplete(checkpoint.Path);
        List<string> problems = [.. TaskProblems(config, options.Tasks)];
        ModelConfig chosen = config with
        {
            Tasks = [.. config.Tasks.Where(task => options.Tasks?.Contains(task.Name) ?? true)],
            Notes = [.. config.Notes, .. audit.Unused.Select(key => $"'{key}' is not of this model and was left out")],
        };
        problems.AddRange(chosen.Tasks.Where(task => task.Head != HeadKind.Hrnet)
            .Select(task => $"the head of {task.Name} is '{task.Head}'; only HRNet heads can be folded"));
        problems.AddRange(chosen.Tasks.Where(task => TaskCatalog.IsAttribute(task.Name)).Select(task => $"{task.Name} is an attribute to pretrain on, and no task that is served"));
        if (config.ImageSizeSource == ImageSizeSource.Unknown)
        {
            problems.Add("nothing in it tells the image size; give it with --image-size");
        }

        return problems.Count == 0
            ? chosen
            : throw new FoldException($"'{checkpoint.Path}' cannot be folded: {string.Join("; ", problems)}.");
    }

    private static IEnumerable<string> TaskProblems(ModelConfig config, IReadOnlyList<string>? wanted)
    {
        if (config.Tasks.Count == 0)
        {
            yield return "it has no task heads (a bare backbone has nothing to predict with)";
        }

        if (wanted is { Count: 0 })
        {
            yield return $"no task was named; it has {string.Join(", ", config.Tasks.Select(known => known.Name))}";
        }

        foreach (string task in wanted ?? [])
        {
            if (config.Tasks.All(known => known.Name != task))
            {
                yield return $"it has no task '{task}', only {string.Join(", ", config.Tasks.Select(known => known.Name))}";
            }
        }
    }
}
