using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Cpab;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis;

/// <summary>A checkpoint as a network whose gradients can be taken.</summary>
internal sealed class DiagnosedModel : IDisposable
{
    private DiagnosedModel(string path, TrainableNetwork network, RunConfig run, bool isOwnRun, bool isStartLost)
    {
        Path = path;
        Network = network;
        Run = run;
        IsOwnRun = isOwnRun;
        IsStartLost = isStartLost;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The network at the checkpoint's values.</summary>
    public TrainableNetwork Network { get; }

    /// <summary>The run that trained it; where the file does not say, one with our defaults and the file's sizes.</summary>
    public RunConfig Run { get; }

    /// <summary>Whether the file says how it was trained.</summary>
    public bool IsOwnRun { get; }

    /// <summary>Whether the file that the run started from is not known, or not where it was.</summary>
    public bool IsStartLost { get; }

    /// <summary>Opens a checkpoint of ours or the authors'.</summary>
    /// <param name="path">The file.</param>
    /// <param name="imageSize">Side of the input; null takes the checkpoint's.</param>
    /// <param name="warp">What its thetas do; null takes the file's word, or else the authors'.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="CheckpointException">It cannot be read, or is of another model.</exception>
    /// <exception cref="DiagnosisException">It is not a whole multi-task network, or has adapters that cannot be trained as they are.</exception>
    public static DiagnosedModel Open(string path, int? imageSize, string? warp, Device device)
    {
        using CheckpointFile file = CheckpointFile.Open(path);
        if (AdapterFile.Is(file))
        {
            throw new DiagnosisException($"'{path}' holds only what was trained; expected a whole model, such as the model.safetensors beside it.");
        }

        RunConfig? saved = file.Metadata.TryGetValue(AdapterFile.ConfigKey, out string? text) ? Saved(text, path) : null;
        ModelConfig found = ConfigDetector.Detect(file, imageSize ?? saved?.Network.ImageSize);
        Require(path, found);
        AdapterOptions adapter = saved?.Adapter ?? Adapter(found, warp ?? file.Metadata.GetValueOrDefault(SpectrumWarps.MetadataKey) ?? SpectrumWarps.Default.Name);
        ModelConfig plain = found with
        {
            Backbone = found.Backbone with { KeyPrefix = "backbone." },
            Adapters = AdapterConfig.None,
        };
        RequireSame(path, found.Adapters, AdaptedModel.Of(plain, adapter).Adapters);
        RunConfig run = saved ?? new RunConfig { Network = Sizes(found), Adapter = adapter };
        return new DiagnosedModel(path, new TrainableNetwork(plain, adapter, StartWeights.Make(plain, file, run.Seed), run.Seed, device), run, saved is not null, run.Start is null && file.Metadata.GetValueOrDefault(AdapterFile.BaseKey) != "drawn");
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();

    // A configuration whose starting file is gone is refused for that; without it any other mistake still is.
    private static RunConfig Saved(string text, string path)
    {
        try
        {
            return ConfigFile.Parse(text, ["data.path=."], path);
        }
        catch (ConfigException)
        {
            return ConfigFile.Parse(text, ["start=null", "data.path=."], path);
        }
    }

    private static void Require(string path, ModelConfig found)
    {
        if (found.Tasks.Count == 0)
        {
            throw new DiagnosisException($"'{path}' has no decoders; expected a network of two tasks or more.");
        }

        if (found.Tasks.FirstOrDefault(task => task.Head != HeadKind.Hrnet) is { } other)
        {
            throw new DiagnosisException($"'{path}': the decoder of {other.Name} is of kind {other.Head}; expected {HeadKind.Hrnet}.");
        }

        if (found.Adapters.TaskWeights.Count > 0)
        {
            throw new DiagnosisException($"'{path}' holds folded weights per task, as MTLoRA leaves them; their low-rank factors, which a gradient would be of, are gone.");
        }
    }

    private static AdapterOptions Adapter(ModelConfig found, string warp)
    {
        AdapterConfig adapters = found.Adapters;
        if (adapters.SharedTessellation.Count == 0)
        {
            return new AdapterOptions { Kind = AdapterKinds.Full };
        }

        IEnumerable<int> stages = Enumerable.Range(0, found.Backbone.Depths.Count);
        AdapterOptions defaults = new();
        return defaults with
        {
            Warp = warp,
            Scope = adapters.TaskTessellation.Count > 0 ? AdapterKinds.Both : AdapterKinds.Joint,
            Cells = [.. stages.Select(stage => First(adapters.SharedTessellation, stage) ?? defaults.Cells[0])],
            TaskCells = [.. stages.Select(stage => First(adapters.TaskTessellation, stage)?.Values.First() ?? defaults.TaskCells[0])],
            Layers = [.. AdapterOptions.AllLayers.Where(layer => adapters.SharedTessellation.Keys.Any(key => key.EndsWith("." + layer, StringComparison.Ordinal)))],
        };
    }

    private static int? First(IReadOnlyDictionary<string, int> cells, int stage) =>
        cells.Where(layer => AdaptedModel.StageOf(layer.Key) == stage).Select(layer => (int?)layer.Value).FirstOrDefault();

    private static IReadOnlyDictionary<string, int>? First(IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> cells, int stage) =>
        cells.Where(layer => AdaptedModel.StageOf(layer.Key) == stage).Select(layer => layer.Value).FirstOrDefault();

    // A theta that the network has no place for, or of another size, would silently be replaced by a fresh one.
    private static void RequireSame(string path, AdapterConfig found, AdapterConfig built)
    {
        string[] wrong =
        [
            .. found.SharedTessellation.Keys.Union(built.SharedTessellation.Keys).Where(layer => found.SharedTessellation.GetValueOrDefault(layer) != built.SharedTessellation.GetValueOrDefault(layer)),
            .. found.TaskTessellation.Keys.Union(built.TaskTessellation.Keys).Where(layer => !Same(found.TaskTessellation.GetValueOrDefault(layer), built.TaskTessellation.GetValueOrDefault(layer))),
        ];
        if (wrong.Length > 0)
        {
            throw new DiagnosisException($"'{path}': the thetas of {string.Join(", ", wrong.Distinct().Take(5))} are not where or as large as one number of cells per stage makes them.");
        }
    }

    private static bool Same(IReadOnlyDictionary<string, int>? first, IReadOnlyDictionary<string, int>? second) =>
        first is not null && second is not null && first.Count == second.Count && first.All(task => second.TryGetValue(task.Key, out int cells) && cells == task.Value);

    private static NetworkOptions Sizes(ModelConfig found) => new()
    {
        Preset = ModelPresets.NameOf(found.Backbone) ?? "tiny",
        ImageSize = found.Backbone.ImageSize,
        PatchSize = found.Backbone.PatchSize,
        EmbedDim = found.Backbone.EmbedDim,
        Depths = found.Backbone.Depths,
        NumHeads = found.Backbone.NumHeads,
        Window = found.Backbone.WindowSizes.Max(),
        DecoderChannels = found.Tasks[0].DecoderChannels ?? new NetworkOptions().DecoderChannels,
    };
}
