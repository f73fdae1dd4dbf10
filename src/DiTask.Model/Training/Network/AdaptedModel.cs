using DiTask.Model.Checkpoints;
using DiTask.Model.Config;

namespace DiTask.Model.Training.Network;

/// <summary>The shape of a network that an adapter makes of a plain one: which layers have thetas, and which differ by task.</summary>
internal static class AdaptedModel
{
    /// <summary><paramref name="plain"/> with the adapters of <paramref name="options"/>.</summary>
    public static ModelConfig Of(ModelConfig plain, AdapterOptions options) => plain with
    {
        Adapters = options.Kind switch
        {
            AdapterKinds.DiTask => Thetas(plain, options),
            AdapterKinds.MtLora => AdapterConfig.None with { TaskWeights = new HashSet<string>(AdaptedLayers(plain, options).Where(layer => IsTaskPath(plain.Backbone, layer))) },
            _ => AdapterConfig.None,
        },
    };

    /// <summary>The layers that have an adapter, by their keys below the backbone.</summary>
    public static IEnumerable<string> AdaptedLayers(ModelConfig config, AdapterOptions options) =>
        KeyCatalog.LinearLayers(config.Backbone).Where(layer => options.Layers.Any(part => layer.EndsWith("." + part, StringComparison.Ordinal)));

    /// <summary>Whether tasks branch off in <paramref name="layer"/>: the projection and the MLP of a stage's last block.</summary>
    public static bool IsTaskPath(BackboneConfig backbone, string layer)
    {
        int stage = StageOf(layer);
        return layer.StartsWith($"layers.{stage}.blocks.{backbone.Depths[stage] - 1}.", StringComparison.Ordinal) && !layer.EndsWith(".qkv", StringComparison.Ordinal);
    }

    /// <summary>The stage that a layer is in.</summary>
    public static int StageOf(string layer) => int.Parse(layer.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The number for <paramref name="stage"/> of a list that has one number or one per stage.</summary>
    public static int PerStage(IReadOnlyList<int> numbers, int stage) => numbers.Count == 1 ? numbers[0] : numbers[stage];

    // As the authors have it: qkv has thetas per task in every block, though nothing reads what they give.
    private static AdapterConfig Thetas(ModelConfig plain, AdapterOptions options)
    {
        OrderedDictionary<string, int> shared = [];
        OrderedDictionary<string, IReadOnlyDictionary<string, int>> perTask = [];
        foreach (string layer in AdaptedLayers(plain, options))
        {
            int stage = StageOf(layer);
            shared[layer] = PerStage(options.Cells, stage);
            if (options.Scope != AdapterKinds.Joint && (layer.EndsWith(".qkv", StringComparison.Ordinal) || IsTaskPath(plain.Backbone, layer)))
            {
                perTask[layer] = plain.Tasks.ToDictionary(task => task.Name, _ => PerStage(options.TaskCells, stage));
            }
        }

        return new AdapterConfig { SharedTessellation = shared, TaskTessellation = perTask };
    }
}
