using DiTask.Model.Evaluation;
using DiTask.Model.Tasks;
using DiTask.Tests;

namespace DiTask.Model.Tests.Evaluation;

/// <summary>Delta-m, and which baselines it accepts.</summary>
public sealed class DeltaMTests
{
    /// <summary>Rows of the published table and the Delta-m that they claim.</summary>
    public static TheoryData<double, double, double, double, double> Published => new()
    {
        { 67.21, 61.93, 62.35, 17.97, 0 },
        { 69.66, 62.02, 65.00, 17.10, 3.221 },
        { 72.20, 62.33, 65.70, 16.55, 5.336 },
        { 65.09, 53.48, 57.46, 20.69, -9.944 },
        { 67.56, 60.24, 65.21, 16.64, 2.445 },
        { 68.19, 58.99, 64.48, 17.03, 1.339 },
        { 67.74, 59.46, 64.90, 16.59, 2.142 },
        { 67.90, 59.84, 65.40, 16.60, 2.542 },
        { 68.38, 59.58, 63.85, 16.76, 1.771 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Of_PublishedRow_GivesItsDeltaM(double semseg, double parts, double saliency, double normals, double expected)
    {
        DeltaM delta = DeltaM.Of(
            [Score("semseg", 21, "semseg.miou", semseg), Score("human_parts", 7, "human_parts.miou", parts), Score("sal", 1, "sal.miou", saliency), Score("normals", 3, "normals.mean", normals, false)],
            Baselines.Paper);

        Assert.Equal(expected, delta.Percent, 6e-4);
        Assert.Equal(["semseg", "human_parts", "sal", "normals"], delta.Tasks.Select(task => task.Task));
    }

    [Fact]
    public void Of_LowerIsBetter_TurnsTheSign()
    {
        Assert.Equal(10, DeltaM.Gain(18, 20, higherIsBetter: false), 1e-12);
        Assert.Equal(-10, DeltaM.Gain(18, 20, higherIsBetter: true), 1e-12);
    }

    [Fact]
    public void Of_MissingBaselines_NamesThemAll()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => DeltaM.Of(
            [Score("semseg", 21, "semseg.miou", 60), Score("depth", 1, "depth.rmse", 0.6, false), Score("edge", 1, "edge.odsF", 70)], Baselines.Paper));

        Assert.Contains("'depth' (depth.rmse)", error.Message, StringComparison.Ordinal);
        Assert.Contains("'edge' (edge.odsF)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OtherClassesOrMetricOrProtocol_IsRefused()
    {
        TaskScores rooms = Score("semseg", 40, "semseg.miou", 40);
        Baselines otherMetric = new("own", "mtlora", new Dictionary<string, Baseline> { ["semseg"] = new("semseg.miou.present", [40]) });
        Baselines otherProtocol = new("own", "mti", new Dictionary<string, Baseline> { ["semseg"] = new("semseg.miou", [40]) });

        Assert.Contains("21 classes, the model has 40", Refusal([rooms], Baselines.Paper), StringComparison.Ordinal);
        Assert.Contains("needs a baseline in semseg.miou", Refusal([rooms], otherMetric), StringComparison.Ordinal);
        Assert.Contains("protocol 'mtlora', found 'mti'", Refusal([rooms], otherProtocol), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TaskThatWasNotMeasured_IsNotANumber()
    {
        DeltaM delta = DeltaM.Of([Score("sal", 1, "sal.miou", double.NaN)], Baselines.Paper);

        Assert.True(double.IsNaN(delta.Percent));
    }

    [Fact]
    public void Open_FileWithSeeds_TakesTheirMeanAndDeviation()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("b.json", """
            { "name": "own", "protocol": "mtlora", "tasks": { "depth": { "metric": "depth.rmse", "values": [0.5, 0.6, 0.7] } } }
            """u8.ToArray());

        DeltaM delta = DeltaM.Of([Score("depth", 1, "depth.rmse", 0.54, false)], Baselines.Open(path));

        Assert.Equal(10, delta.Percent, 1e-9);
        Assert.Equal(3, delta.Tasks[0].Seeds);
        Assert.Equal(0.1, delta.Tasks[0].BaselineDeviation!.Value, 1e-9);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("""{ "name": "own", "tasks": {} }""", "protocol")]
    [InlineData("""{ "name": "own", "protocol": "mtlora", "tasks": { "sal": { "metric": "sal.miou", "values": [] } } }""", "one positive number per seed")]
    [InlineData("""{ "name": "own", "protocol": "mtlora", "tasks": { "sal": { "metric": "sal.miou", "values": [0] } } }""", "one positive number per seed")]
    [InlineData("""{ "name": "own", "protocol": "mtlora", "tasks": { "sal": { "metric": "sal.miou", "value": 3 } } }""", "value")]
    public void Open_BadFile_SaysWhatIsWrong(string json, string expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("b.json", System.Text.Encoding.UTF8.GetBytes(json));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Baselines.Open(path));

        Assert.Contains("b.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static string Refusal(IReadOnlyList<TaskScores> scores, Baselines baselines) =>
        Assert.Throws<InvalidDataException>(() => DeltaM.Of(scores, baselines)).Message;

    private static TaskScores Score(string task, int channels, string metric, double value, bool higherIsBetter = true) =>
        new(TaskCatalog.Describe(task, channels), 1, 1, 1, [new MetricValue(metric, value, "", higherIsBetter, Headline: true)], [], []);
}
