using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Training.Adapters;

namespace DiTask.Model.Training.Network;

/// <summary>First values of a network without adapters, from a checkpoint or drawn, by plain keys: <c>attn.qkv.weight</c>, not <c>attn.qkv.linear.weight</c>.</summary>
/// <remarks>
/// Read are checkpoints of DiTASK and Microsoft's Swin files, with <c>backbone.</c> before the keys or not, and timm's, where merging opens a stage.
/// <b>Source:</b> reference specification 5.3; drawn values as in Swin's code, and in PyTorch's but for biases, which are 0,
/// and for the backbone's weights, which have a variance of one by their inputs: Swin's 0.02 suits wide layers, and slows narrow ones (docs/results).
/// </remarks>
internal static class StartWeights
{
    private const string Backbone = "backbone.";
    private const double TableDeviation = 0.02;

    /// <summary>Values of every parameter and statistic of <paramref name="plain"/>.</summary>
    /// <param name="plain">The network without adapters.</param>
    /// <param name="checkpoint">A pretrained backbone, or a whole network; null to draw everything.</param>
    /// <param name="seed">Of what is drawn.</param>
    /// <exception cref="CheckpointException">The checkpoint lacks a part of the backbone, or has one of another shape; all are named.</exception>
    public static StartValues Make(ModelConfig plain, CheckpointFile? checkpoint, long seed)
    {
        OrderedDictionary<string, HostTensor> values = [];
        List<string> problems = [];
        foreach (ExpectedTensor expected in KeyCatalog.Of(plain).Where(tensor => !tensor.Derived))
        {
            StoredTensor? stored = checkpoint is null ? null : Find(checkpoint, expected.Key);
            if (stored is not null && stored.Shape.SequenceEqual(expected.Shape))
            {
                values[expected.Key] = new HostTensor(expected.Key, expected.Shape, stored.ReadSingles());
            }
            else if (stored is null && (checkpoint is null || !expected.Key.StartsWith(Backbone, StringComparison.Ordinal)))
            {
                values[expected.Key] = Draw(expected, seed);
            }
            else
            {
                string found = stored is null ? "is missing" : $"is [{string.Join(',', stored.Shape)}]";
                problems.Add($"'{expected.Key}' {found}, the network needs [{string.Join(',', expected.Shape)}]");
            }
        }

        return problems.Count == 0
            ? new StartValues(values, Thetas(checkpoint))
            : throw new CheckpointException(
                checkpoint!.Path, $"the backbone does not fit the configured network: {string.Join("; ", problems.Take(10))}{(problems.Count > 10 ? $"; and {problems.Count - 10} more" : "")}",
                expected: "every tensor of the backbone", found: $"{problems.Count} that do not fit");
    }

    private static Dictionary<string, HostTensor> Thetas(CheckpointFile? checkpoint) => checkpoint is null
        ? []
        : checkpoint.Tensors.Where(tensor => tensor.Key.Contains(".lora_", StringComparison.Ordinal))
            .ToDictionary(tensor => tensor.Key, tensor => new HostTensor(tensor.Key, [.. tensor.Value.Shape], tensor.Value.ReadSingles()));

    private static StoredTensor? Find(CheckpointFile checkpoint, string key)
    {
        bool isTimm = checkpoint.Tensors.Keys.Any(name => name.EndsWith("layers.3.downsample.norm.weight", StringComparison.Ordinal));
        string name = isTimm ? Timm(key) : key;
        int dot = name.LastIndexOf('.');
        string wrapped = $"{name[..dot]}.linear{name[dot..]}";
        string[] candidates = name.StartsWith(Backbone, StringComparison.Ordinal)
            ? [name, wrapped, name[Backbone.Length..], wrapped[Backbone.Length..]]
            : [name];
        return candidates.Select(candidate => checkpoint.Tensors.GetValueOrDefault(candidate)).FirstOrDefault(tensor => tensor is not null);
    }

    // timm's stages begin with the merging that ours end with.
    private static string Timm(string key)
    {
        string[] parts = key.Split('.');
        if (parts.Length > 3 && parts[1] == "layers" && parts[3] == "downsample")
        {
            parts[2] = (int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return string.Join('.', parts);
    }

    private static HostTensor Draw(ExpectedTensor expected, long seed)
    {
        string key = expected.Key;
        int count = (int)expected.Count;
        return new HostTensor(key, expected.Shape, Values());

        float[] Values()
        {
            if (key.EndsWith(".running_mean", StringComparison.Ordinal) || key.EndsWith(".bias", StringComparison.Ordinal))
            {
                return new float[count];
            }

            // Norms: batch norm is layer 1 of a head, and its only 1-D weight.
            if (key.EndsWith(".running_var", StringComparison.Ordinal) || expected.Shape.Length == 1)
            {
                return Enumerable.Repeat(1f, count).ToArray();
            }

            return key.StartsWith(Backbone, StringComparison.Ordinal)
                ? AdapterValues.TruncatedNormal(seed, key, count, key.EndsWith(".weight", StringComparison.Ordinal) ? 1 / Math.Sqrt((double)count / expected.Shape[0]) : TableDeviation)
                : AdapterValues.Uniform(seed, key, count, 1 / Math.Sqrt((double)count / expected.Shape[0]));
        }
    }
}
