using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>Every key of a model's checkpoint with its shape. Reference specification 5.2.</summary>
internal sealed class KeyCatalog
{
    /// <summary>What stands between a layer and a task in the key of the task's own weight.</summary>
    public const string TaskWeights = ".task_weights.";

    private const int Levels = 4;

    private readonly List<ExpectedTensor> tensors = [];
    private readonly ModelConfig config;
    private readonly Func<string, bool> wrapped;

    private KeyCatalog(ModelConfig config, Func<string, bool> has)
    {
        this.config = config;
        wrapped = layer => config.Adapters.SharedTessellation.ContainsKey(layer) || has($"{Prefix}{layer}.linear.weight");
        AddBackbone();
        foreach (TaskConfig task in config.Tasks)
        {
            AddDecoder(task);
        }
    }

    private string Prefix => config.Backbone.KeyPrefix;

    /// <summary>The keys of <paramref name="config"/>.</summary>
    /// <param name="config">The model.</param>
    /// <param name="has">Whether the file has a key: a layer without thetas may be wrapped (<c>linear.weight</c>) or not. Default: it is not.</param>
    public static IReadOnlyList<ExpectedTensor> Of(ModelConfig config, Func<string, bool>? has = null) => new KeyCatalog(config, has ?? (_ => false)).tensors;

    /// <summary>Key of the weight [out, in] that <paramref name="layer"/> has for <paramref name="task"/> alone. Ours; the authors' files have none.</summary>
    public static string TaskWeightKey(string layer, string task) => $"{layer}{TaskWeights}{task}";

    /// <summary>The linear layers of the backbone, by their keys below its prefix.</summary>
    public static IEnumerable<string> LinearLayers(BackboneConfig backbone)
    {
        for (int stage = 0; stage < backbone.Depths.Count; stage++)
        {
            for (int block = 0; block < backbone.Depths[stage]; block++)
            {
                foreach (string layer in (string[])["attn.qkv", "attn.proj", "mlp.fc1", "mlp.fc2"])
                {
                    yield return $"layers.{stage}.blocks.{block}.{layer}";
                }
            }

            if (stage < backbone.Depths.Count - 1)
            {
                yield return $"layers.{stage}.downsample.reduction";
            }
        }
    }

    private void AddBackbone()
    {
        BackboneConfig backbone = config.Backbone;
        int embed = backbone.EmbedDim;
        Add("patch_embed.proj.weight", embed, 3, backbone.PatchSize, backbone.PatchSize);
        Add("patch_embed.proj.bias", embed);
        if (backbone.PatchNorm)
        {
            AddNorm("patch_embed.norm", embed);
        }

        if (backbone.AbsolutePositionEmbedding)
        {
            Add("absolute_pos_embed", 1, backbone.GridSize(0) * backbone.GridSize(0), embed);
        }

        for (int stage = 0; stage < backbone.Depths.Count; stage++)
        {
            for (int block = 0; block < backbone.Depths[stage]; block++)
            {
                AddBlock(stage, $"layers.{stage}.blocks.{block}.");
            }

            if (stage < backbone.Depths.Count - 1)
            {
                int channels = backbone.Channels(stage);
                AddNorm($"layers.{stage}.downsample.norm", 4 * channels);
                AddLinear($"layers.{stage}.downsample.reduction", 2 * channels, 4 * channels, bias: false);
            }
        }
    }

    private void AddBlock(int stage, string block)
    {
        BackboneConfig backbone = config.Backbone;
        int channels = backbone.Channels(stage);
        int window = backbone.WindowSizes[stage];
        int tokens = window * window;
        int windows = backbone.GridSize(stage) / window;
        int hidden = backbone.HiddenChannels(stage);
        AddDerived(block + "attn_mask", windows * windows, tokens, tokens);
        AddNorm(block + "norm1", channels);
        AddNorm(block + "norm2", channels);
        Add(block + "attn.relative_position_bias_table", (2 * window - 1) * (2 * window - 1), backbone.NumHeads[stage]);
        AddDerived(block + "attn.relative_position_index", tokens, tokens);
        AddLinear(block + "attn.qkv", 3 * channels, channels, backbone.QkvBias);
        AddLinear(block + "attn.proj", channels, channels, bias: true);
        AddLinear(block + "mlp.fc1", hidden, channels, bias: true);
        AddLinear(block + "mlp.fc2", channels, hidden, bias: true);
    }

    private void AddLinear(string layer, int outputs, int inputs, bool bias)
    {
        string linear = wrapped(layer) ? layer + ".linear" : layer;
        Add(linear + ".weight", outputs, inputs);
        if (bias)
        {
            Add(linear + ".bias", outputs);
        }

        if (config.Adapters.SharedTessellation.TryGetValue(layer, out int cells))
        {
            Add(layer + ".lora_shared_A", 1, cells - 1);
        }

        if (config.Adapters.TaskWeights.Contains(layer))
        {
            foreach (TaskConfig task in config.Tasks)
            {
                Add(TaskWeightKey(layer, task.Name), outputs, inputs);
            }
        }

        if (config.Adapters.TaskTessellation.TryGetValue(layer, out IReadOnlyDictionary<string, int>? tasks))
        {
            foreach ((string task, int taskCells) in tasks)
            {
                Add($"{layer}.lora_tasks_A.{task}", 1, taskCells - 1);
            }
        }
    }

    private void AddDecoder(TaskConfig task)
    {
        BackboneConfig backbone = config.Backbone;

        // The reference takes the streams after merging, so stages 0 to 2 already have the next stage's channels.
        int[] levels = [.. Enumerable.Range(0, Levels).Select(level => backbone.Channels(Math.Min(level + 1, Levels - 1)))];
        if (task.DecoderChannels is { } channels)
        {
            string prefix = config.SharedDownsampler ? "downsampler." : $"downsampler.{task.Name}.";
            for (int level = 0; level < Levels; level++)
            {
                AddWhole($"{prefix}downsample_{level}.weight", channels[level], levels[level], 1, 1);
            }

            levels = [.. channels];
        }

        if (task.Head == HeadKind.Hrnet)
        {
            string layer = $"decoders.decoders.{task.Name}.last_layer.";
            int inputs = levels.Sum();
            int hidden = 4 * inputs;
            AddWhole(layer + "0.weight", hidden, inputs, 1, 1);
            AddWhole(layer + "0.bias", hidden);
            foreach (string name in (string[])["weight", "bias", "running_mean", "running_var"])
            {
                AddWhole($"{layer}1.{name}", hidden);
            }

            tensors.Add(new ExpectedTensor(layer + "1.num_batches_tracked", [], Derived: true));
            AddWhole(layer + "3.weight", task.OutputChannels, hidden, 1, 1);
            AddWhole(layer + "3.bias", task.OutputChannels);
        }
    }

    private void AddNorm(string layer, int channels)
    {
        Add(layer + ".weight", channels);
        Add(layer + ".bias", channels);
    }

    private void Add(string key, params int[] shape) => AddWhole(Prefix + key, shape);

    private void AddDerived(string key, params int[] shape) => tensors.Add(new ExpectedTensor(Prefix + key, shape, Derived: true));

    // One downsampler for all tasks would otherwise be listed once per task.
    private void AddWhole(string key, params int[] shape)
    {
        if (!config.SharedDownsampler || !key.StartsWith("downsampler.", StringComparison.Ordinal) || !tensors.Exists(tensor => tensor.Key == key))
        {
            tensors.Add(new ExpectedTensor(key, shape));
        }
    }
}
