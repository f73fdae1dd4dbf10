using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>Thetas that the reference stores but whose result no output depends on, so that they never leave their initial values.</summary>
/// <remarks>Reference specification 6 and 11.4: its forward pass drops every task output of qkv and of all but a stage's last block.</remarks>
internal static class DeadThetas
{
    /// <summary>Their keys.</summary>
    public static IReadOnlyList<string> Of(ModelConfig config)
    {
        List<string> dead = [];
        BackboneConfig backbone = config.Backbone;
        AdapterConfig adapters = config.Adapters;
        foreach ((string layer, IReadOnlyDictionary<string, int> tasks) in adapters.TaskTessellation)
        {
            if (!IsTaskPath(layer))
            {
                dead.AddRange(tasks.Keys.Select(task => $"{backbone.KeyPrefix}{layer}.lora_tasks_A.{task}"));
            }
        }

        if (config.Tasks.Count > 0)
        {
            dead.AddRange(UnusedSharedPath().Where(adapters.SharedTessellation.ContainsKey).Select(layer => $"{backbone.KeyPrefix}{layer}.lora_shared_A"));
        }

        return dead;

        bool IsTaskPath(string layer)
        {
            int stage = Enumerable.Range(0, backbone.Depths.Count).FirstOrDefault(index => layer.StartsWith(LastBlock(index), StringComparison.Ordinal), -1);

            // Without task outputs of fc2 the stage hands its shared stream to the tasks, and what proj and fc1 made for them is lost.
            return stage >= 0 && !layer.EndsWith(".qkv", StringComparison.Ordinal) && adapters.HasTasks(LastBlock(stage) + "mlp.fc2");
        }

        // The shared stream ends with the last stage; whether its last layers still feed a task depends on which of them have task thetas.
        IEnumerable<string> UnusedSharedPath()
        {
            string last = LastBlock(backbone.Depths.Count - 1);
            string[] path = [last + "mlp.fc2", last + "mlp.fc1", last + "attn.proj"];
            return path.TakeWhile(adapters.HasTasks);
        }

        string LastBlock(int stage) => $"layers.{stage}.blocks.{backbone.Depths[stage] - 1}.";
    }
}
