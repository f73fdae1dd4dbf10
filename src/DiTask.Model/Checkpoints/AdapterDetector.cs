using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>The thetas of a checkpoint. Reference specification 2.1 and 5.4.</summary>
internal static class AdapterDetector
{
    private const string Shared = ".lora_shared_A";
    private const string Tasks = ".lora_tasks_A.";

    public static AdapterConfig Detect(KeyTable keys, BackboneConfig backbone, IReadOnlyList<TaskConfig> tasks)
    {
        var shared = new OrderedDictionary<string, int>();
        var perTask = new OrderedDictionary<string, IReadOnlyDictionary<string, int>>();
        var taskWeights = new HashSet<string>(StringComparer.Ordinal);
        foreach (string key in keys.Keys.Where(key => key.StartsWith(backbone.KeyPrefix, StringComparison.Ordinal)))
        {
            string name = key[backbone.KeyPrefix.Length..];
            if (name.EndsWith(Shared, StringComparison.Ordinal))
            {
                if (Cells(keys, key) is int cells)
                {
                    shared[name[..^Shared.Length]] = cells;
                }
            }
            else if (name.IndexOf(KeyCatalog.TaskWeights, StringComparison.Ordinal) is int end and > 0)
            {
                taskWeights.Add(name[..end]);
            }
            else if (name.IndexOf(Tasks, StringComparison.Ordinal) is int at and > 0 && Cells(keys, key) is int cells)
            {
                string layer = name[..at];
                if (!perTask.TryGetValue(layer, out IReadOnlyDictionary<string, int>? sizes))
                {
                    perTask[layer] = sizes = new OrderedDictionary<string, int>();
                }

                ((OrderedDictionary<string, int>)sizes)[name[(at + Tasks.Length)..]] = cells;
            }
        }

        CheckTasks(keys, perTask, tasks);
        foreach (string layer in perTask.Keys.Where(layer => !shared.ContainsKey(layer)))
        {
            keys.Problems.Add($"'{backbone.KeyPrefix}{layer}' has thetas for tasks but no '{Shared[1..]}'");
        }

        return new AdapterConfig { SharedTessellation = shared, TaskTessellation = perTask, TaskWeights = taskWeights };
    }

    private static int? Cells(KeyTable keys, string key)
    {
        IReadOnlyList<int>? shape = keys.Require(key, rank: 2);
        if (shape is not null && shape[0] != 1)
        {
            keys.Problems.Add($"'{key}' is [{string.Join(',', shape)}], a theta is [1,d]");
            return null;
        }

        return shape?[1] + 1;
    }

    private static void CheckTasks(KeyTable keys, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> perTask, IReadOnlyList<TaskConfig> tasks)
    {
        string[] names = [.. tasks.Select(task => task.Name)];
        string[] adapted = [.. perTask.Values.SelectMany(sizes => sizes.Keys).Distinct()];
        if (tasks.Count == 0)
        {
            if (adapted.Length > 0)
            {
                keys.Notes.Add($"there are thetas for {string.Join(", ", adapted)}, but no decoders");
            }

            return;
        }

        foreach (string name in adapted.Except(names))
        {
            keys.Notes.Add($"there are thetas for {name}, but no decoder 'decoders.decoders.{name}'");
        }

        foreach ((string layer, IReadOnlyDictionary<string, int> sizes) in perTask)
        {
            string[] without = [.. names.Where(name => !sizes.ContainsKey(name))];
            if (without.Length > 0)
            {
                keys.Problems.Add($"'{layer}' has no theta for {string.Join(", ", without)}");
            }
        }
    }
}
