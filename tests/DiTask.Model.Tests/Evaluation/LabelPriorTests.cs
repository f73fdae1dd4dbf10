using DiTask.Model.Data;
using DiTask.Model.Evaluation;
using DiTask.Model.Tasks;

namespace DiTask.Model.Tests.Evaluation;

/// <summary>Predictors that look at no picture, against numbers worked out by hand: two pictures of 2 x 2 pixels.</summary>
public sealed class LabelPriorTests
{
    private const float None = LabelMap.Void;
    private const double Tiny = 0.01;

    [Fact]
    public void Predict_Classes_AreLogFrequencies()
    {
        // Class 0 once, class 1 twice, class 2 three times of six.
        TaskInfo task = TaskCatalog.Describe("semseg", 3);
        Batch batch = Of("semseg", [2, 2, 1, None], [0, 2, 1, None]);

        float[] constant = Logits(batch, task, LabelPriorKind.Constant);
        float[] position = Logits(batch, task, LabelPriorKind.Position);

        double[] share = [.. new[] { 1, 2, 3 }.Select(count => (count + (Tiny / 3)) / (6 + Tiny))];
        Assert.Equal(12, constant.Length);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(Math.Log(share[i / 4]), constant[i], 1e-5));
        double[][] counts = [[1, 0, 1], [0, 0, 2], [0, 2, 0], [0, 0, 0]];
        for (int pixel = 0; pixel < 4; pixel++)
        {
            for (int entry = 0; entry < 3; entry++)
            {
                Assert.Equal(Math.Log((counts[pixel][entry] + (Tiny * share[entry])) / (counts[pixel].Sum() + Tiny)), position[(4 * entry) + pixel], 1e-5);
            }
        }
    }

    [Fact]
    public void Predict_Binary_IsTheOptimumOfTheBalancedLoss()
    {
        // Two of seven known pixels; one of two, none of two, one of two and none of one at each place.
        TaskInfo task = TaskCatalog.Describe("sal", 1);
        Batch batch = Of("sal", [1, 0, 0, float.NaN], [0, 0, 1, 0]);

        float[] constant = Logits(batch, task, LabelPriorKind.Constant);
        float[] position = Logits(batch, task, LabelPriorKind.Position);

        double q = (2 + (Tiny / 2)) / (7 + Tiny);
        double half = (1 + (Tiny * q)) / (2 + Tiny), never = Tiny * q / (2 + Tiny), once = Tiny * q / (1 + Tiny);
        Assert.Equal([0, 0, 0, 0], constant);
        Assert.All(
            new[] { half, never, half, once }.Zip(position),
            pair => Assert.Equal(Math.Log(pair.First / (1 - pair.First)) - Math.Log(q / (1 - q)), pair.Second, 1e-5));
        // Where half of the pictures have it, it is likelier than on average; where none has, less likely.
        Assert.True(position[0] > 0 && position[1] < position[3] && position[3] < 0);
    }

    [Fact]
    public void Predict_Depth_IsTheMeanInMetres()
    {
        // 0 m and infinity are no distances.
        Batch batch = Of("depth", [1, 2, None, 0], [3, 6, None, float.PositiveInfinity]);

        Assert.Equal([3, 3, 3, 3], Logits(batch, TaskCatalog.Describe("depth", 1), LabelPriorKind.Constant));
        Assert.Equal([2, 4, 3, 3], Logits(batch, TaskCatalog.Describe("depth", 1), LabelPriorKind.Position));
    }

    [Fact]
    public void Predict_Normals_AreUnitVectors()
    {
        // At the places: x and 2z; y and nothing; no label at all, though one channel has a number; z and -z, which cancel.
        Batch batch = Of("normals", [1, 0, 0, 0, 0, 1, None, 0, 0, 0, None, 1], [0, 0, None, 0, 0, 0, None, 0, 2, 0, None, -1]);

        float[] constant = Logits(batch, TaskCatalog.Describe("normals", 3), LabelPriorKind.Constant);
        float[] position = Logits(batch, TaskCatalog.Describe("normals", 3), LabelPriorKind.Position);

        // x + z + y + z - z = (1, 1, 1).
        float third = (float)Math.Sqrt(1 / 3.0), half = (float)Math.Sqrt(0.5);
        Assert.All(constant, value => Assert.Equal(third, value, 1e-6));
        float[] expected = [half, 0, third, third, 0, 1, third, third, half, 0, third, third];
        Assert.All(expected.Zip(position), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Predict_AnyPicture_SaysTheSame()
    {
        LabelPrior prior = LabelPrior.Learn([Sets.Batch(2, 8), Sets.Batch(1, 8, 2)], Sets.Tasks, LabelPriorKind.Position);

        IReadOnlyDictionary<string, float[]> logits = prior.Predict(Sets.Batch(3, 8, 50));

        Assert.Equal((LabelPriorKind.Position, 8, 3), (prior.Kind, prior.Size, prior.Images));
        Assert.All(Sets.Tasks, task => Assert.Equal(3 * task.Channels * 64, logits[task.Name].Length));
        Assert.All(Sets.Tasks, task => Assert.Equal(Sets.Rows(logits[task.Name], 3, 0, 1), Sets.Rows(logits[task.Name], 3, 2, 1)));
        Assert.Equal(Sets.Rows(logits["depth"], 3, 0, 1), prior.Predict(Sets.Batch(1, 8))["depth"]);
    }

    [Fact]
    public void Predict_InTheMeters_ScoresWhatTheSetSays()
    {
        // The left half is salient in every picture of the set, and its normals are those of the left half.
        Batch batch = Sets.Batch(2, 48);
        TaskScores[] constant = Scores(batch, LabelPriorKind.Constant), position = Scores(batch, LabelPriorKind.Position);

        Assert.Equal(50, Headline(constant, "sal"), 1e-9);
        Assert.Equal(100, Headline(position, "sal"), 1e-9);
        Assert.Equal(100, Headline(position, "edge"), 1e-9);
        Assert.Equal(0, Headline(position, "normals"), 1e-3);
        // Both vectors are half of the angle between them off their mean.
        Assert.Equal(double.RadiansToDegrees(Math.Asin(0.6)) / 2, Headline(constant, "normals"), 1e-3);
        Assert.True(Headline(position, "depth") < Headline(constant, "depth"));
    }

    [Fact]
    public void Learn_WhatCannotBe_IsRefusedByName()
    {
        TaskInfo semseg = TaskCatalog.Describe("semseg", 3), depth = TaskCatalog.Describe("depth", 1);
        Batch other = Of("semseg", [0, 1, 2, 3]);

        Assert.Contains("'p0', semseg: Expected labels 0 to 2", Refused<DatasetException>([other], semseg), StringComparison.Ordinal);
        Assert.Contains("labels of depth", Refused<DatasetException>([other], depth), StringComparison.Ordinal);
        Assert.Contains("pictures", Refused<DatasetException>([], depth), StringComparison.Ordinal);
        Assert.Contains("side 4", Refused<ArgumentException>([Sets.Batch(1, 4), Sets.Batch(1, 8)], depth), StringComparison.Ordinal);
        LabelPrior prior = LabelPrior.Learn([Sets.Batch(1, 4)], [depth], LabelPriorKind.Constant);
        Assert.Throws<ArgumentException>(() => prior.Predict(Sets.Batch(1, 8)));
    }

    private static string Refused<T>(Batch[] batches, TaskInfo task)
        where T : Exception => Assert.Throws<T>(() => LabelPrior.Learn(batches, [task], LabelPriorKind.Constant)).Message;

    private static Batch Of(string task, params float[][] labels) => new(
        [.. Enumerable.Range(0, labels.Length).Select(i => $"p{i}")], new float[labels.Length * 3 * 4], new Dictionary<string, float[]> { [task] = [.. labels.SelectMany(label => label)] });

    private static float[] Logits(Batch batch, TaskInfo task, LabelPriorKind kind)
    {
        float[] all = LabelPrior.Learn([batch], [task], kind).Predict(batch)[task.Name];
        return Sets.Rows(all, batch.Count, 0, 1);
    }

    private static TaskScores[] Scores(Batch batch, LabelPriorKind kind) =>
        [.. new Evaluator(Sets.Tasks).Run([batch], LabelPrior.Learn([batch], Sets.Tasks, kind).Predict).Tasks];

    private static double Headline(TaskScores[] scores, string task) => scores.Single(entry => entry.Task.Name == task).Headline.Value;
}
