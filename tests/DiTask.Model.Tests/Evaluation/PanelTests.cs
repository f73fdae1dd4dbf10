using DiTask.Model.Artifacts;
using DiTask.Model.Data;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Panels;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Tests.Evaluation;

/// <summary>Comparison panels: what they show is what differs.</summary>
public sealed class PanelTests
{
    private const int Side = 32;

    private static readonly PanelOptions Options = new();

    [Theory]
    [InlineData("semseg")]
    [InlineData("sal")]
    [InlineData("normals")]
    [InlineData("depth")]
    [InlineData("edge")]
    public void Difference_EqualMaps_IsBlack(string name)
    {
        TaskInfo task = Sets.Tasks.Single(entry => entry.Name == name);
        float[] map = PanelMap.Labelled(task, Sets.Batch(1, Side).Labels[name]);

        DifferenceMap difference = DifferenceMap.Of(task, map, map, Options);

        Assert.Equal(0, difference.Mean);
        using RgbImage tile = TilePainter.Difference(difference, Side);
        Assert.Equal(-1, tile.Pixels.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Difference_DepthHalfAMetreOff_HasThatMean()
    {
        TaskInfo task = TaskCatalog.Describe("depth", 1);
        float[] label = [1, 2, 3, float.NaN], predicted = [1.5f, 1.5f, 3.5f, 9];

        DifferenceMap difference = DifferenceMap.Of(task, predicted, label, Options);

        Assert.Equal(0.5, difference.Mean);
        Assert.Equal(Options.DepthErrorMetres, difference.Scale);
        Assert.Equal("m", difference.Unit);
    }

    [Fact]
    public void Difference_Classes_AreOneWhereTheyDiffer()
    {
        TaskInfo task = TaskCatalog.Describe("semseg", 3);

        DifferenceMap difference = DifferenceMap.Of(task, [0, 1, 2, 1], [0, 2, 2, float.NaN], Options);

        Assert.Equal([0, 1, 0, float.NaN], difference.Values);
    }

    [Fact]
    public void Difference_Normals_AreDegrees()
    {
        TaskInfo task = TaskCatalog.Describe("normals", 3);
        float[] predicted = PanelMap.Predicted(task, [3, 0, 4]);

        DifferenceMap difference = DifferenceMap.Of(task, predicted, [0, 0, 1], Options);

        Assert.Equal(36.869898, difference.Values[0], 1e-4);
        Assert.Equal(45, difference.Scale);
    }

    [Fact]
    public void Difference_Saliency_HasASignAndTwoColours()
    {
        TaskInfo task = TaskCatalog.Describe("sal", 1);

        DifferenceMap difference = DifferenceMap.Of(task, [1, 0, 0.5f, 0], [0, 1, 0.5f, 0], Options);

        Assert.Equal([1, -1, 0, 0], difference.Values);
        using RgbImage tile = TilePainter.Difference(difference, 2);
        Assert.True(tile.Pixels[0] > tile.Pixels[2], "Too much is warm.");
        Assert.True(tile.Pixels[5] > tile.Pixels[3], "Too little is cold.");
    }

    [Fact]
    public void Map_UnknownPixels_HaveTheirOwnColour()
    {
        TaskInfo task = TaskCatalog.Describe("semseg", 21);

        using RgbImage tile = TilePainter.Map(task, PanelMap.Labelled(task, [255, 0, 0, 1]), 2, 0, 1);

        Assert.Equal([0x4A, 0x4F, 0x5A, 0, 0, 0, 0, 0, 0, 128, 0, 0], tile.Pixels.ToArray());
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 5)]
    public void Draw_WithAndWithoutBaseline_HasAColumnEach(bool hasBaseline, int columns)
    {
        Batch batch = Sets.Batch(1, Side);
        Dictionary<string, float[]> good = Sets.Perfect(batch), bad = Sets.Noisy(batch, 3);
        PanelTask[] rows = [.. Sets.Tasks.Select(task => new PanelTask(task, batch.Labels[task.Name], good[task.Name], hasBaseline ? bad[task.Name] : null))];
        using RgbImage photo = PanelPhoto.Of(batch.Images, new InputSpec(Side, [0.5f, 0.5f, 0.5f], [1, 1, 1], InputSpec.StretchCubic));

        using RgbImage panel = ComparisonPanel.Draw("image0", photo, rows, new EvaluationOptions(), Options);

        Assert.Equal(20 + (columns * (256 + 20)), panel.Width);
        Assert.Equal([128, 128, 128], panel.Row(200).Slice(3 * 100, 3).ToArray());
    }
}
