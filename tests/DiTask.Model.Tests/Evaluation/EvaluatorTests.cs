using DiTask.Model.Data;
using DiTask.Model.Evaluation;
using DiTask.Model.Tasks;

namespace DiTask.Model.Tests.Evaluation;

/// <summary>Whole evaluations: perfect answers, missing labels, broken logits, threads and batches.</summary>
public sealed class EvaluatorTests
{
    private const int Side = 48;

    [Fact]
    public void Run_PerfectLogits_ReachTheBestOfEveryNumber()
    {
        EvaluationScores scores = new Evaluator(Sets.Tasks).Run([Sets.Batch(2, Side), Sets.Batch(2, Side, 2)], Sets.Perfect);

        Assert.Equal(4, scores.Images);
        Assert.Equal(Side, scores.InputSize);
        Dictionary<string, double> values = Values(scores.Tasks);
        Assert.Equal(100, values["semseg.miou"], 1e-9);
        Assert.Equal(100, values["sal.miou"], 1e-9);
        Assert.Equal(100, values["sal.maxf"], 1e-9);
        Assert.Equal(100, values["edge.odsF"], 1e-9);
        Assert.Equal(0, values["normals.mean"], 1e-5);
        Assert.Equal(0, values["depth.rmse"]);
        Assert.All(scores.Tasks, task => Assert.Empty(task.Warnings));
        Assert.All(scores.Tasks, task => Assert.Equal(4L * Side * Side, task.KnownPixels));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 1)]
    [InlineData(8, 3)]
    public void Run_AnyThreadsAndBatches_GiveTheSameDigits(int threads, int batchSize)
    {
        Batch all = Sets.Batch(8, Side);
        Dictionary<string, float[]> logits = Sets.Noisy(all, 5);
        EvaluationScores expected = new Evaluator(Sets.Tasks, new EvaluationOptions { Threads = 1 }).Run([all], _ => logits);

        List<Batch> batches = [];
        for (int first = 0; first < all.Count; first += batchSize)
        {
            batches.Add(Sets.Slice(all, first, Math.Min(batchSize, all.Count - first)));
        }

        int done = 0;
        EvaluationScores actual = new Evaluator(Sets.Tasks, new EvaluationOptions { Threads = threads }).Run(batches, batch =>
        {
            int first = done;
            done += batch.Count;
            return logits.ToDictionary(entry => entry.Key, entry => Sets.Rows(entry.Value, all.Count, first, batch.Count));
        });

        Assert.Equal(Values(expected.Tasks), Values(actual.Tasks));
    }

    [Fact]
    public void Merge_HalvesOfASet_EqualTheWholeInEveryCount()
    {
        Batch all = Sets.Batch(4, Side);
        Dictionary<string, float[]> logits = Sets.Noisy(all, 6);
        Dictionary<string, double> whole = Values(new Evaluator(Sets.Tasks).Run([all], _ => logits).Tasks);
        MultiTaskMeter first = new(Sets.Tasks), second = new(Sets.Tasks);
        first.Add(Sets.Slice(all, 0, 1), logits.ToDictionary(entry => entry.Key, entry => Sets.Rows(entry.Value, 4, 0, 1)));
        second.Add(Sets.Slice(all, 1, 3), logits.ToDictionary(entry => entry.Key, entry => Sets.Rows(entry.Value, 4, 1, 3)));

        first.Merge(second);

        Assert.Equal(4, first.Images);
        Assert.All(Values(first.Scores()), entry => Assert.Equal(whole[entry.Key], entry.Value, 1e-9));
    }

    [Fact]
    public void Run_ImageWithoutALabel_TakesNoPartInItsTask()
    {
        Batch batch = Sets.Batch(2, Side);
        Array.Fill(batch.Labels["sal"], LabelMap.Void, 0, Side * Side);

        TaskScores saliency = Task(new Evaluator(Sets.Tasks).Run([batch], Sets.Perfect), "sal");

        Assert.Equal(1, saliency.LabelledImages);
        Assert.Equal(Side * Side, saliency.KnownPixels);
        Assert.All(saliency.Metrics.Where(metric => metric.Unit == "%" && metric.Name != "sal.maxf.ref"), metric => Assert.Equal(100, metric.Value, 1e-9));
        Assert.Contains("1 of 2 images have no label", Assert.Single(saliency.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TaskThatTheBatchLacks_IsNotMeasured()
    {
        Batch batch = Sets.Batch(2, Side);
        Batch without = batch with { Labels = batch.Labels.Where(entry => entry.Key != "depth").ToDictionary() };

        TaskScores depth = Task(new Evaluator(Sets.Tasks).Run([without], _ => Sets.Perfect(batch)), "depth");

        Assert.All(depth.Metrics, metric => Assert.True(double.IsNaN(metric.Value), metric.Name));
        Assert.Contains("none of 2 images has a label", Assert.Single(depth.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Run_LogitThatIsNoNumber_SpoilsItsTaskOnly(float value)
    {
        Batch batch = Sets.Batch(2, Side);
        Dictionary<string, float[]> logits = Sets.Perfect(batch);
        logits["semseg"][17] = value;

        EvaluationScores scores = new Evaluator(Sets.Tasks).Run([batch], _ => logits);

        Assert.All(Task(scores, "semseg").Metrics, metric => Assert.True(double.IsNaN(metric.Value)));
        Assert.Contains("1 images hold NaN or infinity", Assert.Single(Task(scores, "semseg").Warnings), StringComparison.Ordinal);
        Assert.Equal(0, Task(scores, "depth").Headline.Value);
    }

    [Fact]
    public void Run_LabelThatIsNoNumber_IsUnknown()
    {
        Batch batch = Sets.Batch(1, Side);
        batch.Labels["depth"][3] = float.NaN;
        batch.Labels["depth"][4] = 0;
        Dictionary<string, float[]> logits = Sets.Perfect(Sets.Batch(1, Side));

        TaskScores depth = Task(new Evaluator(Sets.Tasks).Run([batch], _ => logits), "depth");

        Assert.Equal((Side * Side) - 1, depth.KnownPixels);
        Assert.Equal(0, depth.Headline.Value);
    }

    [Fact]
    public void Run_AbsentClasses_AreNamed()
    {
        Batch batch = Sets.Batch(1, Side);
        Array.Clear(batch.Labels["semseg"]);

        TaskScores semseg = Task(new Evaluator(Sets.Tasks).Run([batch], Sets.Perfect), "semseg");

        Assert.Contains("class_1, class_2", Assert.Single(semseg.Warnings), StringComparison.Ordinal);
        Assert.Equal(100 / 3.0, semseg.Headline.Value, 1e-9);
        Assert.Equal([100, 0, 0], semseg.Classes.Select(entry => entry.Iou));
        Assert.Equal([Side * Side, 0L, 0L], semseg.Classes.Select(entry => entry.LabelledPixels));
    }

    [Fact]
    public void Run_LabelBeyondTheClasses_NamesPictureAndTask()
    {
        Batch batch = Sets.Batch(2, Side);
        batch.Labels["semseg"][(Side * Side) + 5] = 7;
        Dictionary<string, float[]> logits = Sets.Perfect(Sets.Batch(2, Side));

        DatasetException error = Assert.Throws<DatasetException>(() => new Evaluator(Sets.Tasks).Run([batch], _ => logits));

        Assert.Contains("'image1', semseg: Expected labels 0 to 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LogitsMissingOrShort_SaysWhichTask()
    {
        Batch batch = Sets.Batch(1, Side);
        Dictionary<string, float[]> missing = Sets.Perfect(batch), shorter = Sets.Perfect(batch);
        missing.Remove("edge");
        shorter["edge"] = new float[3];

        Assert.Contains("'edge'", Assert.Throws<ArgumentException>(() => new Evaluator(Sets.Tasks).Run([batch], _ => missing)).Message, StringComparison.Ordinal);
        Assert.Contains("'edge'", Assert.Throws<ArgumentException>(() => new Evaluator(Sets.Tasks).Run([batch], _ => shorter)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BatchesOfTwoSizes_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new Evaluator(Sets.Tasks).Run([Sets.Batch(1, 16), Sets.Batch(1, 32)], Sets.Perfect));

    [Fact]
    public void Run_NoBatch_MeasuresNothing()
    {
        EvaluationScores scores = new Evaluator(Sets.Tasks).Run([], Sets.Perfect);

        Assert.Equal(0, scores.Images);
        Assert.All(scores.Tasks, task => Assert.True(double.IsNaN(task.Headline.Value)));
    }

    [Fact]
    public void Run_ProgressAndObserver_SeeEveryBatch()
    {
        List<int> images = [];
        List<string> ids = [];

        new Evaluator(Sets.Tasks).Run([Sets.Batch(2, 16), Sets.Batch(1, 16, 2)], Sets.Perfect, progress => images.Add(progress.Images), (batch, _) => ids.AddRange(batch.Ids));

        Assert.Equal([2, 3], images);
        Assert.Equal(["image0", "image1", "image2"], ids);
    }

    [Fact]
    public void Run_Cancelled_StopsBeforeTheNextBatch()
    {
        using CancellationTokenSource source = new();
        int runs = 0;

        Assert.Throws<OperationCanceledException>(() => new Evaluator(Sets.Tasks).Run([Sets.Batch(1, 16), Sets.Batch(1, 16)], batch =>
        {
            runs++;
            source.Cancel();
            return Sets.Perfect(batch);
        }, cancellation: source.Token));

        Assert.Equal(1, runs);
    }

    [Fact]
    public void Headlines_OfEveryTask_AreTheNumbersOfDeltaM()
    {
        TaskInfo[] tasks = [.. TaskCatalog.Names.Select(name => TaskCatalog.Describe(name, name switch { "semseg" => 21, "human_parts" => 7, "normals" => 3, _ => 1 }))];

        IReadOnlyDictionary<string, MetricValue> headlines = new Evaluator(tasks).Run([], batch => throw new InvalidOperationException()).Headlines;

        Assert.Equal(
            ["depth.rmse", "edge.odsF", "human_parts.miou", "normals.mean", "sal.miou", "semseg.miou"],
            headlines.Values.Select(value => value.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["depth", "normals"], headlines.Where(entry => !entry.Value.HigherIsBetter).Select(entry => entry.Key).Order(StringComparer.Ordinal));
    }

    private static TaskScores Task(EvaluationScores scores, string task) => scores.Tasks.Single(entry => entry.Task.Name == task);

    private static Dictionary<string, double> Values(IEnumerable<TaskScores> scores) =>
        scores.SelectMany(task => task.Metrics).ToDictionary(metric => metric.Name, metric => metric.Value);
}
