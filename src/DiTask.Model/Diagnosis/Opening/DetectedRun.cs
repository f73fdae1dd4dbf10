using DiTask.Model.Config;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;

namespace DiTask.Model.Diagnosis.Opening;

/// <summary>The run that a file must be of which does not say how it was trained.</summary>
internal static class DetectedRun
{
    /// <summary>The adapter that <paramref name="found"/> has; without thetas every weight counts as trained.</summary>
    /// <param name="found">What the file's keys and shapes say.</param>
    /// <param name="warp">What its thetas do.</param>
    public static AdapterOptions Adapter(ModelConfig found, string warp)
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

    /// <summary>The sizes of <paramref name="found"/> as a configuration has them.</summary>
    public static NetworkOptions Sizes(ModelConfig found) => new()
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

    /// <summary>A theta that the network has no place for, or of another size, would silently be replaced by a fresh one.</summary>
    /// <exception cref="DiagnosisException">There is one.</exception>
    public static void RequireSame(string path, AdapterConfig found, AdapterConfig built)
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

    private static int? First(IReadOnlyDictionary<string, int> cells, int stage) =>
        cells.Where(layer => AdaptedModel.StageOf(layer.Key) == stage).Select(layer => (int?)layer.Value).FirstOrDefault();

    private static IReadOnlyDictionary<string, int>? First(IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> cells, int stage) =>
        cells.Where(layer => AdaptedModel.StageOf(layer.Key) == stage).Select(layer => layer.Value).FirstOrDefault();

    private static bool Same(IReadOnlyDictionary<string, int>? first, IReadOnlyDictionary<string, int>? second) =>
        first is not null && second is not null && first.Count == second.Count && first.All(task => second.TryGetValue(task.Key, out int cells) && cells == task.Value);
}
