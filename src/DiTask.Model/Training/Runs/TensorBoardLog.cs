using TorchSharp;
using TorchSharp.Modules;

namespace DiTask.Model.Training.Runs;

/// <summary>The run as TensorBoard events: losses, weights and rates of every update, losses and metrics of every evaluation.</summary>
internal sealed class TensorBoardLog : IRunObserver
{
    private readonly SummaryWriter writer;

    /// <param name="folder">The run.</param>
    /// <param name="step">Batches that are done; events of later ones go.</param>
    public TensorBoardLog(RunFolder folder, long step)
    {
        string path = folder.Log("tensorboard");
        EventFiles.Cut(path, step);
        writer = torch.utils.tensorboard.SummaryWriter(path);
    }

    /// <inheritdoc/>
    public void Notice(string text)
    {
    }

    /// <inheritdoc/>
    public void Stepped(StepReport report)
    {
        Add("loss/total", report.Total, report.Step);
        AddAll("loss", report.Losses, report.Step);
        AddAll("weight", report.Weights, report.Step);
        Add("run/learning_rate", report.LearningRate, report.Step);
        Add("run/gradient_norm", report.GradientNorm, report.Step);
        Add("run/images_per_second", report.ImagesPerSecond, report.Step);
    }

    /// <inheritdoc/>
    public void Validated(ValidationReport report)
    {
        Add("validation/score", report.Score, report.Step);
        AddAll("validation/loss", report.Losses, report.Step);
        AddAll("metrics", report.Scores.SelectMany(task => task.Metrics).Select(metric => KeyValuePair.Create(metric.Name, metric.Value)), report.Step);
    }

    private void AddAll(string group, IEnumerable<KeyValuePair<string, double>> values, long step)
    {
        foreach ((string name, double value) in values)
        {
            Add($"{group}/{name}", value, step);
        }
    }

    private void Add(string tag, double value, long step) => writer.add_scalar(tag, (float)value, (int)Math.Min(step, int.MaxValue));
}
