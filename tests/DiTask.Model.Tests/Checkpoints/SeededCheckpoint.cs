using DiTask.Model.Checkpoints;
using DiTask.Model.Config;

namespace DiTask.Tests.Checkpoints;

/// <summary>A checkpoint of any configuration with seeded weights of sensible size, such as a real-size model without its training.</summary>
internal static class SeededCheckpoint
{
    /// <summary>The tensors of <paramref name="config"/>; masks, indices and counters only when asked for (their values are zeros).</summary>
    public static IReadOnlyList<HostTensor> Tensors(ModelConfig config, int seed, bool derived = false, Func<string, bool>? has = null)
    {
        var random = new Random(seed);
        return [.. KeyCatalog.Of(config, has)
            .Where(tensor => !tensor.Derived || (derived && HasMask(config, tensor.Key)))
            .Select(tensor => new HostTensor(tensor.Key, tensor.Shape, Values(tensor, random)))];
    }

    public static void Write(string path, ModelConfig config, int seed = 1, bool derived = true) =>
        PthWriter.Write(path, Tensors(config, seed, derived));

    // The reference has masks in odd blocks only, and in none of a stage whose window is its grid.
    private static bool HasMask(ModelConfig config, string key)
    {
        if (!key.EndsWith(".attn_mask", StringComparison.Ordinal))
        {
            return true;
        }

        string[] parts = key[config.Backbone.KeyPrefix.Length..].Split('.');
        int stage = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        int block = int.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture);
        return block % 2 == 1 && config.Backbone.GridSize(stage) > config.Backbone.WindowSizes[stage];
    }

    private static float[] Values(ExpectedTensor tensor, Random random)
    {
        var values = new float[tensor.Count];
        if (tensor.Derived)
        {
            return values;
        }

        bool gain = tensor.Shape.Length == 1 && tensor.Key.EndsWith(".weight", StringComparison.Ordinal);
        bool variance = tensor.Key.EndsWith(".running_var", StringComparison.Ordinal);
        int inputs = tensor.Shape.Skip(1).Aggregate(1, (product, size) => product * size);
        double scale = tensor.Shape.Length == 1 ? 0.1 : 1 / Math.Sqrt(inputs);
        for (int i = 0; i < values.Length; i++)
        {
            double value = scale * (2 * random.NextDouble() - 1);
            values[i] = (float)(gain ? 1 + value : variance ? 1 + Math.Abs(value) : value);
        }

        return values;
    }
}
