using System.Text.Json;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Metrics;
using DiTask.Model.Tasks;

namespace DiTask.Parity.Tests.Evaluation;

/// <summary>Every meter of the authors' code, on the same logits and labels.</summary>
public sealed class GoldenMetricsTests
{
    // Why these: docs/numerics.md.
    private const double Degrees = 2e-3;
    private const double DepthRelative = 1e-4;
    private const double LossRelative = 1e-5;
    private const double CountRatio = 1e-6;

    [Theory]
    [InlineData("pascal_3x2", "semseg")]
    [InlineData("pascal_3x2", "human_parts")]
    [InlineData("nyud_2x2", "semseg")]
    [InlineData("pascal_batch1", "semseg")]
    [InlineData("pascal_batch1", "human_parts")]
    [InlineData("nyud_batch1", "semseg")]
    [InlineData("pascal_edge_cases", "semseg")]
    [InlineData("pascal_edge_cases", "human_parts")]
    [InlineData("nyud_negative_depth", "semseg")]
    [InlineData("nyud_zero_depth_gt", "semseg")]
    public void Labels_CountsAndMean_EqualTheReferences(string name, string task)
    {
        using GoldenMetrics golden = new(name);
        JsonElement expected = golden.Scores(task);
        MeanIou iou = new(golden.Task(task).Channels);

        foreach ((float[] logits, float[] label, int height, int width) in golden.Images(task))
        {
            byte[] predicted = new byte[height * width];
            LogitMaps.ArgMax(logits, predicted);
            iou.Add(predicted, label, [.. label.Select(value => value != 255)]);
        }

        JsonElement counts = expected.GetProperty("counts");
        Assert.Equal(Longs(counts.GetProperty("tp")), Enumerable.Range(0, iou.Classes).Select(iou.TruePositives));
        Assert.Equal(Longs(counts.GetProperty("fp")), Enumerable.Range(0, iou.Classes).Select(iou.FalsePositives));
        Assert.Equal(Longs(counts.GetProperty("fn")), Enumerable.Range(0, iou.Classes).Select(iou.FalseNegatives));
        Assert.Equal(expected.GetProperty("mIoU").GetDouble(), golden.Measure(task)[$"{task}.miou"] / 100, 1e-12);
    }

    [Theory]
    [InlineData("pascal_3x2")]
    [InlineData("nyud_2x2")]
    [InlineData("pascal_batch1")]
    [InlineData("nyud_batch1")]
    [InlineData("pascal_edge_cases")]
    [InlineData("nyud_negative_depth")]
    [InlineData("nyud_zero_depth_gt")]
    public void Normals_MeanAndShares_EqualTheReferences(string name)
    {
        using GoldenMetrics golden = new(name);
        JsonElement expected = golden.Scores("normals");

        IReadOnlyDictionary<string, double> actual = golden.Measure("normals");

        Assert.Equal(expected.GetProperty("rmse").GetDouble(), actual["normals.rmse.ref"], Degrees);
        Assert.Equal(expected.GetProperty("mean_v2").GetDouble(), actual["normals.mean"], Degrees);
        Assert.True(actual["normals.rmse"] > actual["normals.mean"] + 1, "A true root mean square lies well above the mean here.");
        JsonElement shares = expected.GetProperty("v1_full");
        foreach (string limit in (string[])["11.25", "22.5", "30"])
        {
            Assert.Equal(shares.GetProperty(limit).GetDouble(), actual[$"normals.within{limit}"], CountRatio);
        }
    }

    [Theory]
    [InlineData("pascal_3x2")]
    [InlineData("pascal_edge_cases")]
    public void Saliency_EveryThreshold_EqualsTheReferences(string name)
    {
        using GoldenMetrics golden = new(name);
        JsonElement expected = golden.Scores("sal").GetProperty("no_beta_full");
        SaliencyIou iou = new();

        foreach ((float[] logits, float[] label, _, _) in golden.Images("sal"))
        {
            LogitMaps.Sigmoid(logits, logits);
            iou.Add(logits, label, [.. Enumerable.Repeat(true, label.Length)]);
        }

        AssertClose(expected.GetProperty("mIoUs"), Enumerable.Range(0, 15).Select(iou.Mean));
        AssertClose(expected.GetProperty("F"), Enumerable.Range(0, 15).Select(iou.F1));
        AssertSaliency(golden, golden.Measure("sal"));
    }

    [Fact]
    public void Saliency_BatchOfOne_EqualsTheReferenceWhenEachRowIsAnImage()
    {
        // The reference's meter drops the batch axis of a single image and takes its rows for images.
        using GoldenMetrics golden = new("pascal_batch1");
        IEnumerable<(float[], float[], int, int)> rows = golden.Images("sal").SelectMany(image =>
            image.Logits.Chunk(image.Width).Zip(image.Label.Chunk(image.Width), (logits, label) => (logits, label, 1, image.Width)));

        AssertSaliency(golden, golden.Measure("sal", rows));
    }

    [Theory]
    [InlineData("pascal_3x2")]
    [InlineData("pascal_batch1")]
    [InlineData("pascal_edge_cases")]
    public void Saliency_DoubleSigmoidCounts_EqualTheReferences(string name)
    {
        using GoldenMetrics golden = new(name);
        JsonElement expected = golden.Scores("sal").GetProperty("beta_counts");
        PooledFScore score = new();

        foreach ((float[] logits, float[] label, _, _) in golden.Images("sal"))
        {
            LogitMaps.Sigmoid(logits, logits);
            LogitMaps.Sigmoid(logits, logits);
            score.Add(logits, label, [.. label.Select(value => value != 255)]);
        }

        Assert.Equal(Longs(expected.GetProperty("tp")), Enumerable.Range(0, 19).Select(score.Hits));
        Assert.Equal(Longs(expected.GetProperty("predicted")), Enumerable.Range(0, 19).Select(score.Predicted));
        Assert.All(Longs(expected.GetProperty("actual")), actual => Assert.Equal(actual, score.Actual));
    }

    [Theory]
    [InlineData("nyud_2x2")]
    [InlineData("nyud_batch1")]
    [InlineData("nyud_negative_depth")]
    [InlineData("nyud_zero_depth_gt")]
    public void Depth_Errors_EqualTheReferences(string name)
    {
        using GoldenMetrics golden = new(name);
        JsonElement expected = golden.Scores("depth");

        IReadOnlyDictionary<string, double> actual = golden.Measure("depth");

        double rmse = expected.GetProperty("rmse").GetDouble();
        Assert.Equal(rmse, actual["depth.rmse.ref"], DepthRelative * rmse);
        JsonElement log = expected.GetProperty("log_rmse");
        if (log.ValueKind == JsonValueKind.String)
        {
            Assert.Equal(double.PositiveInfinity, actual["depth.log_rmse.ref"]);
            Assert.True(double.IsFinite(actual["depth.log_rmse"]), "A label of 0 m is no label.");
        }
        else
        {
            Assert.Equal(log.GetDouble(), actual["depth.log_rmse.ref"], DepthRelative * log.GetDouble());
            Assert.Equal(actual["depth.log_rmse.ref"], actual["depth.log_rmse"]);
        }
    }

    [Theory]
    [InlineData("nyud_2x2")]
    [InlineData("nyud_zero_depth_gt")]
    public void Depth_Pixels_AreThoseOfTheReference(string name)
    {
        using GoldenMetrics golden = new(name);
        DepthError error = new();

        foreach ((float[] logits, float[] label, _, _) in golden.Images("depth"))
        {
            error.Add(logits, label, [.. label.Select(value => value != 255)]);
        }

        Assert.Equal(golden.Scores("depth").GetProperty("sums").GetProperty("n_valid").GetDouble(), error.Count);
    }

    [Theory]
    [InlineData("pascal_3x2")]
    [InlineData("nyud_2x2")]
    [InlineData("pascal_batch1")]
    [InlineData("nyud_batch1")]
    [InlineData("pascal_edge_cases")]
    [InlineData("nyud_negative_depth")]
    [InlineData("nyud_zero_depth_gt")]
    public void Edge_Loss_EqualsTheReferences(string name)
    {
        using GoldenMetrics golden = new(name);
        double expected = golden.Scores("edge").GetProperty("loss").GetDouble();

        Assert.Equal(expected, golden.Measure("edge")["edge.loss.ref"], LossRelative * expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void DeltaM_Examples_EqualTheReferences(int index)
    {
        using JsonDocument results = JsonDocument.Parse(File.ReadAllText(DiTask.Tests.Fixture.Path("golden", "metrics", "result.json")));
        JsonElement example = results.RootElement.GetProperty("delta_m")[index];
        Dictionary<string, Baseline> baselines = [];
        List<TaskScores> scores = [];
        foreach (JsonProperty task in example.GetProperty("mtl").EnumerateObject())
        {
            (string word, string metric, bool higherIsBetter) = task.Name switch
            {
                "normals" => ("mean", "normals.mean", false),
                "depth" => ("rmse", "depth.rmse", false),
                "edge" => ("odsF", "edge.odsF", true),
                _ => ("mIoU", $"{task.Name}.miou", true),
            };
            MetricValue value = new(metric, task.Value.GetProperty(word).GetDouble(), "", higherIsBetter, Headline: true);
            scores.Add(new TaskScores(TaskCatalog.Describe(task.Name, Channels(task.Name)), 1, 1, 1, [value], [], []));
            baselines[task.Name] = new Baseline(metric, [example.GetProperty("stl").GetProperty(task.Name).GetProperty(word).GetDouble()]);
        }

        DeltaM delta = DeltaM.Of(scores, new Baselines("golden", Evaluator.Protocol, baselines));

        Assert.Equal(example.GetProperty("value").GetDouble(), delta.Percent / 100, 1e-12);
    }

    private static int Channels(string task) => task switch { "semseg" => 21, "human_parts" => 7, "normals" => 3, _ => 1 };

    private static void AssertSaliency(GoldenMetrics golden, IReadOnlyDictionary<string, double> actual)
    {
        JsonElement expected = golden.Scores("sal");
        Assert.Equal(expected.GetProperty("mIoU").GetDouble(), actual["sal.miou.ref"] / 100, CountRatio);
        Assert.Equal(expected.GetProperty("maxF").GetDouble(), actual["sal.maxf1.ref"] / 100, CountRatio);
        Assert.Equal(expected.GetProperty("Beta maxF").GetDouble(), actual["sal.maxf.ref"] / 100, CountRatio);
    }

    private static void AssertClose(JsonElement expected, IEnumerable<double> actual)
    {
        foreach ((JsonElement number, double value) in expected.EnumerateArray().Zip(actual))
        {
            Assert.Equal(number.GetDouble(), value, 1e-9);
        }
    }

    private static long[] Longs(JsonElement numbers) => [.. numbers.EnumerateArray().Select(number => (long)number.GetDouble())];
}
