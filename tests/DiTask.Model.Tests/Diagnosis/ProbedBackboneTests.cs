using DiTask.Model.Data;
using DiTask.Model.Diagnosis.Probes;
using DiTask.Model.Evaluation;
using DiTask.Model.Tasks;
using DiTask.Model.Tests.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Runs;

namespace DiTask.Model.Tests.Diagnosis;

[Collection(TrainingTests.Name)]
public sealed class ProbedBackboneTests
{
    [Fact]
    public void Predict_PicturesItLearntFrom_IsBetterThanTheMean()
    {
        using ToyRun toy = new(train: 16);
        RunConfig config = toy.Config with { Batch = 8 };
        TrainingData data = TrainingData.Open(config);
        Batch[] batches = [.. data.Train.Epoch(0)];
        using ProbedBackbone probe = ProbedBackbone.Learn(config);

        IReadOnlyList<TaskScores> probed = new Evaluator(data.Tasks).Run(batches, probe.Predict).Tasks;

        double[] depths = [.. batches.SelectMany(batch => batch.Labels["depth"]).Where(depth => depth != LabelMap.Void).Select(depth => (double)depth)];
        double mean = depths.Average(), deviation = Math.Sqrt(depths.Average(depth => (depth - mean) * (depth - mean)));
        Assert.InRange(Of("depth"), 0.01, 0.9 * deviation);
        Assert.InRange(Of("semseg"), 100.0 / data.Tasks.Single(task => task.Name == "semseg").Channels, 100);
        Assert.All(data.Tasks.Where(task => task.Activation == TaskActivation.Sigmoid), task => Assert.InRange(Of(task.Name), 10, 100));

        double Of(string task) => probed.Single(scores => scores.Task.Name == task).Headline.Value;
    }
}
