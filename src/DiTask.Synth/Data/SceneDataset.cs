using DiTask.Model.Data;
using DiTask.Model.Tasks;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Data;

/// <summary>Scenes that are drawn when they are asked for: a data set without files.</summary>
/// <param name="renderer">Draws them.</param>
/// <param name="seed">Of the data set.</param>
/// <param name="split">Which part.</param>
/// <param name="count">Number of pictures.</param>
/// <param name="size">Side in pixels.</param>
public sealed class SceneDataset(SceneRenderer renderer, long seed, SynthSplit split, int count, int size) : IDataset
{
    /// <inheritdoc/>
    public string Name { get; } = $"synth {SplitNames.Of(split)}";

    /// <inheritdoc/>
    public IReadOnlyList<TaskInfo> Tasks => SynthTasks.All;

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public string Id(int index) => SplitNames.Id(split, index);

    /// <summary>Draws picture <paramref name="index"/>. Parts of people are left out where there are none.</summary>
    public Sample Load(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        RenderedScene scene = renderer.Render(seed, split, index, size);
        return new(Id(index), scene.Image, scene.Labels.Where(IsKnown).ToDictionary());
    }

    private static bool IsKnown(KeyValuePair<string, LabelMap> label) => label.Value.Values.AsSpan().ContainsAnyExcept(LabelMap.Void);
}
