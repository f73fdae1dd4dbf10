using DiTask.Model.Checkpoints;
using DiTask.Model.Config;

namespace DiTask.Tests.Checkpoints;

/// <summary>Configurations small enough to write to disk in a test.</summary>
internal static class Configs
{
    /// <summary>Image 32, patch 2, windows 4, 8 channels, depths 1,2,1,1, tasks semseg and depth.</summary>
    public static ModelConfig Small()
    {
        var config = new ModelConfig
        {
            Backbone = new BackboneConfig
            {
                ImageSize = 32,
                PatchSize = 2,
                EmbedDim = 8,
                Depths = [1, 2, 1, 1],
                NumHeads = [1, 2, 2, 4],
                WindowSizes = [4, 4, 4, 2],
                MlpRatio = 4,
                QkvBias = true,
                PatchNorm = true,
                AbsolutePositionEmbedding = false,
            },
            Tasks =
            [
                new TaskConfig { Name = "semseg", OutputChannels = 40, DecoderChannels = [2, 3, 4, 5] },
                new TaskConfig { Name = "depth", OutputChannels = 1, DecoderChannels = [2, 3, 4, 5] },
            ],
            Adapters = AdapterConfig.None,
            DataSet = "nyud",
            ImageSizeSource = ImageSizeSource.AttentionMask,
        };
        return config with { Adapters = Adapters(config, layer => !layer.EndsWith("reduction", StringComparison.Ordinal)) };
    }

    /// <summary>Thetas of the chosen layers: 8 + stage shared cells, 3 and 5 cells for the tasks.</summary>
    public static AdapterConfig Adapters(ModelConfig config, Func<string, bool> chosen)
    {
        Dictionary<string, int> shared = [];
        Dictionary<string, IReadOnlyDictionary<string, int>> tasks = [];
        foreach (string layer in KeyCatalog.LinearLayers(config.Backbone).Where(chosen))
        {
            string[] parts = layer.Split('.');
            int stage = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            shared[layer] = 8 + stage;
            bool last = parts[2] == "blocks" && parts[3] == $"{config.Backbone.Depths[stage] - 1}";
            if (layer.EndsWith(".qkv", StringComparison.Ordinal) || last)
            {
                tasks[layer] = new Dictionary<string, int> { ["semseg"] = 3, ["depth"] = 5 };
            }
        }

        return new AdapterConfig { SharedTessellation = shared, TaskTessellation = tasks };
    }
}
