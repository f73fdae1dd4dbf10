using System.Globalization;
using System.Text.Json;
using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Cpab;
using DiTask.Model.Files;
using DiTask.Model.Folding;
using DiTask.Model.Layers;
using DiTask.Model.Tasks;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Runs;

/// <summary>
/// Writes a trained network: <c>model.pth</c> in the authors' layout, <c>model.safetensors</c> with the same tensors, <c>adapter.safetensors</c> with only what was
/// trained. All of them fold. Thetas are written as thetas; every other adapter as the plain weights that it amounts to.
/// </summary>
internal static class ModelExport
{
    private const string Linear = ".linear";

    /// <summary>Writes the three files into a folder that appears when they are whole.</summary>
    /// <param name="folder">Folder to make or to replace.</param>
    /// <param name="network">The network.</param>
    /// <param name="config">The run that trained it, with its tasks filled in.</param>
    /// <param name="tasks">Its tasks, with their classes.</param>
    /// <param name="position">Where the run is.</param>
    /// <param name="baseDigest">Digest of the file that the run started from; null when the first values were drawn.</param>
    public static void Write(string folder, TrainableNetwork network, RunConfig config, IReadOnlyList<TaskInfo> tasks, RunPosition position, string? baseDigest)
    {
        using StagedFolder staged = new(folder);
        IReadOnlyList<HostTensor> tensors = Tensors(network);
        Dictionary<string, string> metadata = Metadata(config, tasks, position.Epoch, baseDigest);
        PthWriter.Write(Path.Combine(staged.Path, "model.pth"), tensors, "model", Indices(network.Config, position.Step), position.Epoch);
        SafetensorsWriter.Write(Path.Combine(staged.Path, "model.safetensors"), tensors, metadata);
        SafetensorsWriter.Write(Path.Combine(staged.Path, "adapter.safetensors"), Trained(network), metadata);
        AtomicFile.Write(Path.Combine(staged.Path, "adapter_config.json"), stream => JsonSerializer.Serialize(stream, metadata, JsonSerializerOptions.Default));
        staged.Publish();
    }

    /// <summary>Every float tensor in the layout that folds: the authors' for DiTASK, plain weights for every other adapter.</summary>
    public static IReadOnlyList<HostTensor> Tensors(TrainableNetwork network)
    {
        using IDisposable gradients = no_grad();
        List<HostTensor> tensors = [];
        foreach (ExpectedTensor expected in KeyCatalog.Of(network.Config).Where(tensor => !tensor.Derived))
        {
            HostTensor value = Value(network, expected);
            tensors.Add(new HostTensor(expected.Key, expected.Shape, value.Values));
        }

        tensors.AddRange(Masks(network.Config.Backbone));
        return tensors;
    }

    private static HostTensor Value(TrainableNetwork network, ExpectedTensor expected)
    {
        string key = expected.Key;
        if (key.Contains(".lora_", StringComparison.Ordinal))
        {
            return network.IdleThetas.TryGetValue(key, out HostTensor? idle) ? idle : network.Store.Current(key);
        }

        int own = key.IndexOf(KeyCatalog.TaskWeights, StringComparison.Ordinal);
        if (own > 0)
        {
            return Effective(network, key[..own], key[(own + KeyCatalog.TaskWeights.Length)..], key);
        }

        string plain = key.Replace(Linear, "", StringComparison.Ordinal);
        string layer = plain.EndsWith(".weight", StringComparison.Ordinal) ? plain[..^".weight".Length] : "";
        bool isFolded = network.Config.Adapters.SharedTessellation.Count == 0 && network.Adapters.ContainsKey(layer);
        return isFolded ? Effective(network, layer, null, key) : network.Store.Current(plain);
    }

    private static HostTensor Effective(TrainableNetwork network, string layer, string? task, string key)
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        return ParameterStore.Download(key, network.Adapters[layer].Weight(task));
    }

    private static IReadOnlyList<HostTensor> Trained(TrainableNetwork network) =>
    [
        .. network.Parameters.Where(parameter => parameter.Role != ParameterRole.Auxiliary).Select(parameter => ParameterStore.Download(parameter.Key, parameter.Tensor)),
        .. network.Store.Statistics.Select(pair => ParameterStore.Download(pair.Key, pair.Value)),
    ];

    // The authors' model keeps masks and indices beside its weights, and strict loading asks for them.
    private static IEnumerable<HostTensor> Masks(BackboneConfig backbone) =>
        from place in Blocks(backbone)
        where place.Layout.Shift > 0
        let mask = place.Layout.AttentionMask()
        let tokens = place.Layout.TokensPerWindow
        select new HostTensor($"{place.Key}.attn_mask", [place.Layout.WindowCount, tokens, tokens], mask.Values);

    private static IEnumerable<IntegerTensor> Indices(ModelConfig config, long batches)
    {
        foreach ((string key, WindowLayout layout) in Blocks(config.Backbone))
        {
            int tokens = layout.TokensPerWindow;
            yield return new IntegerTensor($"{key}.attn.relative_position_index", [tokens, tokens], Array.ConvertAll(layout.RelativePositionIndex(), index => (long)index));
        }

        foreach (TaskConfig task in config.Tasks)
        {
            yield return new IntegerTensor($"decoders.decoders.{task.Name}.last_layer.1.num_batches_tracked", [], [batches]);
        }
    }

    private static IEnumerable<(string Key, WindowLayout Layout)> Blocks(BackboneConfig backbone)
    {
        for (int stage = 0; stage < backbone.Depths.Count; stage++)
        {
            int grid = backbone.GridSize(stage);
            int window = backbone.WindowSizes[stage];
            for (int block = 0; block < backbone.Depths[stage]; block++)
            {
                yield return ($"{backbone.KeyPrefix}layers.{stage}.blocks.{block}", new WindowLayout(grid, window, WindowLayout.ShiftOf(grid, window, block)));
            }
        }
    }

    private static Dictionary<string, string> Metadata(RunConfig config, IReadOnlyList<TaskInfo> tasks, int epoch, string? baseDigest)
    {
        Dictionary<string, string> metadata = new()
        {
            ["format"] = "pt",
            ["epoch"] = epoch.ToString(CultureInfo.InvariantCulture),
            [AdapterFile.ConfigKey] = ConfigFile.Write(config),
            [AdapterFile.BaseKey] = baseDigest ?? "drawn",
            [ClassMetadata.Key] = ClassMetadata.Write(tasks),
        };
        if (config.Adapter.Kind == AdapterKinds.DiTask)
        {
            metadata[SpectrumWarps.MetadataKey] = config.Adapter.Warp;
        }

        return metadata;
    }
}
