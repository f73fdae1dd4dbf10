using DiTask.Model.Data;
using DiTask.Model.Tasks;
using DiTask.Synth.Collages;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Data;

/// <summary>Collages that are drawn when they are asked for, with their traits as attributes.</summary>
/// <param name="seed">Of the data set.</param>
/// <param name="split">Which part.</param>
/// <param name="count">Number of pictures.</param>
/// <param name="size">Side in pixels.</param>
/// <param name="side">Tiles in a row, and rows of them.</param>
public sealed class CollageDataset(long seed, SynthSplit split, int count, int size, int side) : IDataset
{
    private static readonly TaskInfo[] Attributes = [.. CollageTrait.All.Select(trait => TaskCatalog.Describe(TaskCatalog.AttributeOf(trait.Name), trait.Values.Count))];

    /// <inheritdoc/>
    public string Name { get; } = $"synth-collage {SplitNames.Of(split)}";

    /// <inheritdoc/>
    public IReadOnlyList<TaskInfo> Tasks => Attributes;

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public string Id(int index) => SplitNames.Id(split, index);

    /// <summary>Draws picture <paramref name="index"/>.</summary>
    public Sample Load(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        Collage collage = CollageRenderer.Render(seed, split, index, size, side);
        return new(Id(index), collage.Image, Labels(collage));
    }

    // The shape of every pixel, background too; the rest only where there is a thing.
    private static Dictionary<string, LabelMap> Labels(Collage collage)
    {
        int size = collage.Image.Width;
        Dictionary<string, LabelMap> labels = [];
        for (int column = 0; column < Attributes.Length; column++)
        {
            float[] values = new float[size * size];
            for (int pixel = 0; pixel < values.Length; pixel++)
            {
                values[pixel] = column == 0 ? collage.Shapes[pixel]
                    : collage.Shapes[pixel] == 0 ? LabelMap.Void
                    : collage.Attributes[collage.TileOf(pixel % size, pixel / size), column];
            }

            labels[Attributes[column].Name] = new LabelMap(1, size, size, values);
        }

        return labels;
    }
}
