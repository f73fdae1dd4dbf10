using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>Reads off a checkpoint's keys and shapes what model it is of. Reference specification 5.4.</summary>
internal static class ConfigDetector
{
    private const string Stem = "patch_embed.proj.weight";
    private const int MostListed = 20;

    /// <summary>The configuration of <paramref name="file"/>.</summary>
    /// <param name="file">A DiTASK checkpoint, or a plain Swin.</param>
    /// <param name="imageSize">Side of the input in pixels; null takes the checkpoint's.</param>
    /// <exception cref="CheckpointException">It is of another model, or does not fit together; every problem is listed.</exception>
    public static ModelConfig Detect(CheckpointFile file, int? imageSize = null)
    {
        Detection detection = Examine(file, imageSize);
        return detection.Problems.Count == 0
            ? detection.Config!
            : throw new CheckpointException(
                file.Path, "no usable model: " + string.Join("; ", detection.Problems.Take(MostListed)) + (detection.Problems.Count > MostListed ? "; and more" : ""), expected: "a DiTASK or plain Swin checkpoint that fits together",
                found: $"{detection.Problems.Count} problem{(detection.Problems.Count == 1 ? "" : "s")}");
    }

    /// <summary>The same without an exception: a configuration as far as there is one, and what is wrong.</summary>
    public static Detection Examine(CheckpointFile file, int? imageSize = null)
    {
        var keys = new KeyTable(file);
        string? prefix = keys.Has("backbone." + Stem) ? "backbone." : keys.Has(Stem) ? "" : null;
        if (Foreign(keys, prefix) is string foreign)
        {
            return new Detection(null, [foreign]);
        }

        BackboneConfig? backbone = Backbone(keys, prefix!);
        if (backbone is null)
        {
            return new Detection(null, keys.Problems);
        }

        IReadOnlyList<TaskConfig> tasks = TaskDetector.Detect(keys);
        AdapterConfig adapters = AdapterDetector.Detect(keys, backbone, tasks);
        (int size, ImageSizeSource source) = ImageSizeDetector.Detect(keys, backbone, imageSize, bare: tasks.Count == 0 && adapters.SharedTessellation.Count == 0);
        backbone = backbone with { ImageSize = size };
        if (source != ImageSizeSource.Unknown)
        {
            keys.Problems.AddRange(backbone.GridProblems());
        }

        var config = new ModelConfig
        {
            Backbone = backbone,
            Tasks = tasks,
            Adapters = adapters,
            DataSet = TaskDetector.DataSet(tasks),
            SharedDownsampler = keys.Has("downsampler.downsample_0.weight"),
            ImageSizeSource = source,
        };
        ConfigCrossCheck.Compare(keys, config);
        return new Detection(config with { Notes = keys.Notes }, keys.Problems);
    }

    // Told apart first: their keys would only give a list of strange problems.
    private static string? Foreign(KeyTable keys, string? prefix)
    {
        string? lowRank = keys.Keys.FirstOrDefault(key => key.EndsWith(".lora_shared_B", StringComparison.Ordinal) || key.Contains(".lora_tasks_B.", StringComparison.Ordinal) || key.EndsWith(".lora_B", StringComparison.Ordinal));
        if (lowRank is not null)
        {
            return $"this is an MTLoRA checkpoint ('{lowRank}'): its adapters are low-rank matrices, not the thetas of DiTASK";
        }

        if (prefix is null)
        {
            string first = string.Join(", ", keys.Keys.Take(3).Select(key => $"'{key}'"));
            return $"'backbone.{Stem}' is missing, so this is no Swin of DiTASK's or Microsoft's layout; the first keys are {first}";
        }

        if (keys.Has(prefix + "layers.0.blocks.0.attn.logit_scale"))
        {
            return $"this is a Swin V2 ('{prefix}layers.0.blocks.0.attn.logit_scale'), DiTASK adapts Swin V1";
        }

        if (!keys.Has(prefix + "layers.0.downsample.norm.weight") && keys.Has(prefix + "layers.1.downsample.norm.weight") && keys.Has(prefix + "layers.3.downsample.norm.weight"))
        {
            return "this is timm's layout of Swin, where merging opens a stage ('layers.3.downsample'); DiTASK's and Microsoft's close one with it";
        }

        return null;
    }

    private static BackboneConfig? Backbone(KeyTable keys, string prefix)
    {
        IReadOnlyList<int>? patch = keys.Require(prefix + Stem, rank: 4);
        int stages = keys.CountBelow(prefix + "layers.");
        if (stages != 4)
        {
            keys.Problems.Add($"'{prefix}layers.' has {stages} stages, expected 4");
        }

        if (patch is null || stages != 4)
        {
            return null;
        }

        if (patch[1] != 3 || patch[2] != patch[3])
        {
            keys.Problems.Add($"'{prefix}{Stem}' is [{string.Join(',', patch)}], expected [C,3,p,p]");
        }

        // Beyond this the channels of the later stages would pass an int; no file can hold such weights, but a table alone could ask for them.
        int embed = Math.Min(patch[0], 1 << 20);
        int[] depths = new int[stages];
        int[] heads = new int[stages];
        int[] windows = new int[stages];
        double mlpRatio = 0;
        for (int stage = 0; stage < stages; stage++)
        {
            string layer = $"{prefix}layers.{stage}.";
            depths[stage] = keys.CountBelow(layer + "blocks.");
            if (depths[stage] == 0)
            {
                keys.Problems.Add($"'{layer}blocks.' has no blocks");
            }

            string table = layer + "blocks.0.attn.relative_position_bias_table";
            if (keys.Require(table, rank: 2) is { } shape)
            {
                int side = (int)Math.Sqrt(shape[0]);
                if (side * side != shape[0] || side % 2 == 0)
                {
                    keys.Problems.Add($"'{table}' has {shape[0]} rows, expected (2w-1)^2 for a window of w x w");
                }

                heads[stage] = shape[1];
                windows[stage] = (side + 1) / 2;
                if ((embed << stage) % shape[1] != 0)
                {
                    keys.Problems.Add($"'{table}' has {shape[1]} heads, expected a divisor of {embed << stage} channels");
                }
            }

            // The reference cuts off the fraction of channels x ratio, so the largest quotient is nearest to its ratio and gives every stage's width.
            string fc1 = layer + "blocks.0.mlp.fc1.";
            if (keys.Require(keys.Has(fc1 + "linear.weight") ? fc1 + "linear.weight" : fc1 + "weight", rank: 2) is { } hidden)
            {
                mlpRatio = Math.Max(mlpRatio, (double)hidden[0] / (embed << stage));
            }
        }

        if (mlpRatio == 0 || windows.Contains(0) || depths.Contains(0))
        {
            return null;
        }

        string qkv = prefix + "layers.0.blocks.0.attn.qkv.";
        return new BackboneConfig
        {
            ImageSize = 0,
            PatchSize = patch[3],
            EmbedDim = embed,
            Depths = depths,
            NumHeads = heads,
            WindowSizes = windows,
            MlpRatio = mlpRatio,
            QkvBias = keys.Has(qkv + "linear.bias") || keys.Has(qkv + "bias"),
            PatchNorm = keys.Has(prefix + "patch_embed.norm.weight"),
            AbsolutePositionEmbedding = keys.Has(prefix + "absolute_pos_embed"),
            QkScale = keys.File.Config?.GetNumber("MODEL.SWIN.QK_SCALE") is double scale && scale != 0 ? scale : null,
            KeyPrefix = prefix,
        };
    }
}
