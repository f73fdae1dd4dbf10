using DiTask.Model.Checkpoints;

namespace DiTask.Tests;

/// <summary>A state dict in the authors' layout, filled with seeded random numbers. Reference specification 5.2.</summary>
internal sealed class RandomCheckpoint
{
    private readonly Random random;
    private readonly List<HostTensor> tensors = [];
    private readonly CheckpointRecipe recipe;

    private RandomCheckpoint(CheckpointRecipe recipe, int seed)
    {
        this.recipe = recipe;
        random = new Random(seed);
    }

    public static IReadOnlyList<HostTensor> Make(CheckpointRecipe recipe, int seed)
    {
        RandomCheckpoint checkpoint = new(recipe, seed);
        checkpoint.Backbone();
        foreach ((string task, int outputs) in recipe.Tasks)
        {
            checkpoint.Decoder(task, outputs);
        }

        return checkpoint.tensors;
    }

    private void Backbone()
    {
        int dim = recipe.EmbedDim;
        Normal("backbone.patch_embed.proj.weight", 0.15, dim, 3, recipe.PatchSize, recipe.PatchSize);
        Normal("backbone.patch_embed.proj.bias", 0.1, dim);
        if (recipe.PatchNorm)
        {
            Norm("backbone.patch_embed.norm", dim);
        }

        if (recipe.PositionEmbedding)
        {
            Normal("backbone.absolute_pos_embed", 0.3, 1, recipe.Grid(0) * recipe.Grid(0), dim);
        }

        for (int stage = 0; stage < recipe.Depths.Length; stage++)
        {
            for (int block = 0; block < recipe.Depths[stage]; block++)
            {
                Block(stage, block);
            }

            if (stage < recipe.Depths.Length - 1)
            {
                string merging = $"backbone.layers.{stage}.downsample";
                Linear($"{merging}.reduction", 2 * recipe.Dim(stage), 4 * recipe.Dim(stage), stage, recipe.Merging, tasks: false, bias: false);
                Norm($"{merging}.norm", 4 * recipe.Dim(stage));
            }
        }
    }

    private void Block(int stage, int block)
    {
        string key = $"backbone.layers.{stage}.blocks.{block}";
        int dim = recipe.Dim(stage);
        int window = recipe.WindowOf(stage);
        bool tasks = recipe.Intermediate || block == recipe.Depths[stage] - 1;
        if (block % 2 == 1 && recipe.Grid(stage) > recipe.Window)
        {
            int windows = recipe.Grid(stage) / window;
            Add($"{key}.attn_mask", [windows * windows, window * window, window * window], _ => 0);
        }

        Norm($"{key}.norm1", dim);
        Norm($"{key}.norm2", dim);
        Normal($"{key}.attn.relative_position_bias_table", 0.5, ((2 * window) - 1) * ((2 * window) - 1), recipe.NumHeads[stage]);
        Linear($"{key}.attn.qkv", 3 * dim, dim, stage, recipe.Qkv, tasks: true, recipe.QkvBias);
        Linear($"{key}.attn.proj", dim, dim, stage, recipe.Proj, tasks, bias: true);
        Linear($"{key}.mlp.fc1", recipe.MlpRatio * dim, dim, stage, recipe.Fc1, tasks, bias: true);
        Linear($"{key}.mlp.fc2", dim, recipe.MlpRatio * dim, stage, recipe.Fc2, tasks, bias: true);
    }

    private void Linear(string key, int outFeatures, int inFeatures, int stage, bool adapted, bool tasks, bool bias)
    {
        string weight = adapted ? $"{key}.linear" : key;
        Normal($"{weight}.weight", 1 / Math.Sqrt(inFeatures), outFeatures, inFeatures);
        if (bias)
        {
            Normal($"{weight}.bias", 0.1, outFeatures);
        }

        if (!adapted || recipe.SharedCells[stage] == 0)
        {
            return;
        }

        Normal($"{key}.lora_shared_A", 0.7, 1, recipe.SharedCells[stage] - 1);
        foreach ((string task, _) in tasks ? recipe.Tasks : [])
        {
            Normal($"{key}.lora_tasks_A.{task}", 0.7, 1, recipe.TaskCells[stage] - 1);
        }
    }

    private void Decoder(string task, int outputs)
    {
        int[] dims = [recipe.Dim(1), recipe.Dim(2), recipe.Dim(3), recipe.Dim(3)];
        for (int level = 0; recipe.DecoderChannels is not null && level < dims.Length; level++)
        {
            Normal($"downsampler.{task}.downsample_{level}.weight", 1 / Math.Sqrt(dims[level]), recipe.DecoderChannels[level], dims[level], 1, 1);
        }

        int channels = (recipe.DecoderChannels ?? dims).Sum();
        string head = $"decoders.decoders.{task}.last_layer";
        Normal($"{head}.0.weight", 1 / Math.Sqrt(channels), 4 * channels, channels, 1, 1);
        Normal($"{head}.0.bias", 0.1, 4 * channels);
        Norm($"{head}.1", 4 * channels);
        Normal($"{head}.1.running_mean", 0.2, 4 * channels);
        Add($"{head}.1.running_var", [4 * channels], _ => (float)(0.5 + random.NextDouble()));
        Normal($"{head}.3.weight", 1 / Math.Sqrt(4.0 * channels), outputs, 4 * channels, 1, 1);
        Normal($"{head}.3.bias", 0.1, outputs);
    }

    private void Norm(string key, int channels)
    {
        Add($"{key}.weight", [channels], _ => (float)(0.7 + (0.6 * random.NextDouble())));
        Normal($"{key}.bias", 0.1, channels);
    }

    private void Normal(string key, double deviation, params int[] shape) =>
        Add(key, shape, _ => (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));

    private void Add(string key, int[] shape, Func<int, float> value)
    {
        float[] values = new float[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(i);
        }

        tensors.Add(new HostTensor(key, shape, values));
    }
}
