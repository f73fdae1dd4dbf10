using DiTask.Model.Artifacts;
using DiTask.Model.Data;
using DiTask.Model.Evaluation;

namespace DiTask.Cli.Evaluate;

/// <summary>The model that another is compared with: sees the same batches.</summary>
internal sealed class SecondModel
{
    private readonly FoldedPredictor predictor;
    private readonly MultiTaskMeter meter;
    private readonly CancellationToken cancellation;

    /// <param name="second">The model.</param>
    /// <param name="first">The one under evaluation.</param>
    /// <param name="tasks">Its tasks; those that the second lacks are left out.</param>
    /// <param name="options">What the metrics leave open.</param>
    /// <param name="cancellation">Stops a run.</param>
    /// <exception cref="EvaluateException">The two do not read the same batches.</exception>
    public SecondModel(EvaluatedModel second, EvaluatedModel first, TaskChoice tasks, EvaluationOptions options, CancellationToken cancellation)
    {
        if (second.Input.Size != first.Input.Size || !second.Input.Mean.SequenceEqual(first.Input.Mean) || !second.Input.Std.SequenceEqual(first.Input.Std))
        {
            throw new EvaluateException(
                $"--against: expected a model that reads the same pictures, {first.Input.Size}x{first.Input.Size} with the same mean and deviation; found {second.Input.Size}x{second.Input.Size}.");
        }

        TaskSpec[] shared =
            [.. second.Folder.Manifest.Tasks.Where(task => tasks.Infos.Any(info => info.Name == task.Info.Name && info.Channels == task.Info.Channels))];
        if (shared.Length == 0)
        {
            throw new EvaluateException($"--against: expected a model with some of {string.Join(", ", tasks.Infos.Select(info => info.Name))}; found none of them.");
        }

        this.cancellation = cancellation;
        predictor = new FoldedPredictor(second.Session, shared);
        meter = new MultiTaskMeter([.. tasks.Infos.Where(info => shared.Any(graph => graph.Info.Name == info.Name))], options);
    }

    /// <summary>Measures a batch; its logits.</summary>
    public IReadOnlyDictionary<string, float[]> Run(Batch batch)
    {
        IReadOnlyDictionary<string, float[]> logits = predictor.Predict(batch, cancellation);
        meter.Add(batch, logits);
        return logits;
    }

    /// <summary>All numbers.</summary>
    public IReadOnlyList<TaskScores> Scores() => meter.Scores();
}
