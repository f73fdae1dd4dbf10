using DiTask.Model.Data;
using DiTask.Model.Diagnosis;
using DiTask.Model.Diagnosis.Probes;
using DiTask.Model.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Diagnosis;

public sealed class LinearProbeTests
{
    private const int Size = 16;
    private const int Grid = 8;

    private static readonly TaskInfo Depth = TaskCatalog.Describe("depth", 1);
    private static readonly TaskInfo Classes = TaskCatalog.Describe("semseg", 3);
    private static readonly TaskInfo Normals = TaskCatalog.Describe("normals", 3);

    [Fact]
    public void Measure_FeaturesWithTheLabelInThem_ExplainItAndNoiseDoesNot()
    {
        using DisposeScope scope = NewDisposeScope();
        Batch[] train = [.. Enumerable.Range(0, 6).Select(Scene)], val = [.. Enumerable.Range(6, 6).Select(Scene)];

        ProbeScore told = new LinearProbe(Depth, Telling).Measure(train, val);
        ProbeScore blind = new LinearProbe(Depth, Noise).Measure(train, val);
        ProbeScore again = new LinearProbe(Depth, Telling).Measure(train, val);
        ProbeResult result = ProbeResult.Of("depth", blind, told), same = ProbeResult.Of("depth", told, again);

        Assert.InRange(told.Explained, 0.95, 1);
        Assert.InRange(blind.Explained, -0.2, 0.1);
        Assert.Equal(12, told.Errors.Count);
        Assert.True(result.IsBetterAlone, $"{result}");
        Assert.Equal((0, 0, false, true), (same.Difference, same.Error, same.IsBetterAlone, same.IsKnown));
    }

    [Fact]
    public void Measure_NothingToExplain_IsNotJudged()
    {
        using DisposeScope scope = NewDisposeScope();
        Batch flat = Labelled("depth", 1, Enumerable.Repeat(2f, 4 * Size * Size).ToArray(), count: 4);

        ProbeScore score = new LinearProbe(Depth, Noise).Measure([flat], [flat]);

        Assert.False(ProbeResult.Of("depth", score, score).IsKnown);
        Batch unknown = Labelled("depth", 1, Enumerable.Repeat(LabelMap.Void, Size * Size).ToArray(), count: 1);
        Assert.Contains("depth", Assert.Throws<DiagnosisException>(() => new LinearProbe(Depth, Noise).Measure([unknown], [flat])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_OfLabels_AreTheirMiddlesAndOnlyWhatIsKnown()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] classes = new float[Size * Size], normals = new float[3 * Size * Size];
        for (int pixel = 0; pixel < classes.Length; pixel++)
        {
            classes[pixel] = pixel / Size < Size / 2 ? LabelMap.Void : pixel % Size < Size / 2 ? 0 : 2;
            normals[pixel % Size < Size / 2 ? pixel : pixel + (2 * Size * Size)] = 1;
        }

        Tensor features = arange(Grid * Grid, dtype: float32).reshape(1, 1, Grid, Grid);
        ProbeRows label = ProbeRows.Of(features, Labelled("semseg", 1, classes, 1), Classes).Single()!;
        ProbeRows vector = ProbeRows.Of(features, Labelled("normals", 3, normals, 1), Normals).Single()!;

        Assert.Equal([Grid * Grid / 2, 3], label.Targets.shape);
        Assert.Equal([1.0, 0, 0], label.Targets.data<double>().ToArray()[..3]);
        Assert.Equal([0.0, 0, 1], label.Targets.data<double>().ToArray()[^3..]);
        Assert.Equal(Grid * Grid / 2, label.Features.data<double>().ToArray()[0]);
        Assert.Equal([Grid * Grid, 3], vector.Targets.shape);
        Assert.Equal([1.0, 0, 0], vector.Targets.data<double>().ToArray()[..3]);
        Assert.Equal([0.0, 0, 1], vector.Targets.data<double>().ToArray()[^3..]);
    }

    [Theory]
    [InlineData(0.03, 0.010, 8, true)]
    [InlineData(0.03, 0.020, 8, false)]
    [InlineData(0.01, 0.001, 8, false)]
    [InlineData(0.30, 0.010, 3, false)]
    [InlineData(-0.3, 0.010, 8, false)]
    public void IsBetterAlone_TakesTheMarginTheErrorAndThePictures(double difference, double error, int pictures, bool better) =>
        Assert.Equal(better, new ProbeResult("depth", 0.5, 0.5 + difference, difference, error, pictures).IsBetterAlone);

    [Fact]
    public void Of_TwoScores_HasTheStandardErrorOfTheirDifference()
    {
        ProbeResult result = ProbeResult.Of("depth", new ProbeScore([0.2, 0.1, 0.3, 0.2]), new ProbeScore([0.1, 0.1, 0.1, 0.1]));

        // Gains .1, 0, .2, .1: variance .02 / 3 each, four of them in the sum.
        Assert.Equal(0.4, result.Difference, 12);
        Assert.Equal(Math.Sqrt(4 * 0.02 / 3), result.Error, 12);
    }

    // Two pictures with a ramp of its own each.
    private static Batch Scene(int seed)
    {
        Random random = new(seed);
        float[] depth = new float[2 * Size * Size];
        for (int picture = 0; picture < 2; picture++)
        {
            float down = random.NextSingle(), right = random.NextSingle();
            for (int pixel = 0; pixel < Size * Size; pixel++)
            {
                depth[(picture * Size * Size) + pixel] = 1 + (down * (pixel / Size)) + (right * (pixel % Size));
            }
        }

        return Labelled("depth", 1, depth, count: 2);
    }

    private static Batch Labelled(string task, int channels, float[] labels, int count)
    {
        Assert.Equal(count * channels * Size * Size, labels.Length);
        return new Batch([.. Enumerable.Range(0, count).Select(index => $"{index}")], new float[count * 3 * Size * Size], new Dictionary<string, float[]> { [task] = labels });
    }

    private static Tensor Telling(Batch batch) =>
        cat([nn.functional.avg_pool2d(tensor(batch.Labels["depth"], [batch.Count, 1, Size, Size], float32), 2), Noise(batch)], 1);

    private static Tensor Noise(Batch batch)
    {
        Random random = new((int)(1000 * batch.Labels["depth"][^1]));
        return tensor(Enumerable.Range(0, batch.Count * 3 * Grid * Grid).Select(_ => random.NextSingle()).ToArray(), [batch.Count, 3, Grid, Grid], float32);
    }
}
