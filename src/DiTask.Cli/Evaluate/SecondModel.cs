using DiTask.Model.Artifacts;
using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;
using DiTask.Model.Tasks;

namespace DiTask.Cli.Evaluate;

/// <summary>What a model is compared with: sees the same batches.</summary>
internal sealed class SecondModel : IDisposable
{
    private readonly Func<Batch, IReadOnlyDictionary<string, float[]>> predict;
    private readonly MultiTaskMeter meter;
    private readonly IDisposable? owned;

    private SecondModel(ReportModel model, IReadOnlyList<TaskInfo> tasks, Func<Batch, IReadOnlyDictionary<string, float[]>> predict, EvaluationOptions metrics, IDisposable? owned = null)
    {
        Model = model;
        this.predict = predict;
        this.owned = owned;
        meter = new MultiTaskMeter(tasks, metrics);
    }

    /// <summary>What it is.</summary>
    public ReportModel Model { get; }

    /// <summary>Opens what <c>--against</c> names; null where it names nothing.</summary>
    /// <param name="options">The command.</param>
    /// <param name="first">The model under evaluation.</param>
    /// <param name="tasks">Its tasks; those that the second lacks are left out.</param>
    /// <param name="metrics">What the metrics leave open.</param>
    /// <param name="log">Receives a line per step of folding, and warnings.</param>
    /// <param name="cancellation">Stops folding, learning and running.</param>
    /// <exception cref="EvaluateException">The two do not read the same batches.</exception>
    public static SecondModel? Open(EvaluateOptions options, EvaluatedModel first, TaskChoice tasks, EvaluationOptions metrics, Action<string> log, CancellationToken cancellation)
    {
        if (options.Against is not { } path)
        {
            return null;
        }

        if (LearntPrior.Names.Contains(path))
        {
            FolderDataset train = DatasetFolder.Open(options.Data, options.PriorSplit, options.Dataset with { Tasks = [.. tasks.Infos.Select(task => task.Name)] });
            SampleTransform transform = new(tasks.Infos, first.Input.Size, first.Input.Mean, first.Input.Std, options.Preprocessing);
            LearntPrior learnt = LearntPrior.Of(path, train, transform, options.BatchSize, cancellation);
            return new SecondModel(learnt.Model, tasks.Infos, learnt.Prior.Predict, metrics);
        }

        EvaluatedModel second = EvaluatedModel.Open(path, options.Session, log, cancellation);
        try
        {
            TaskSpec[] shared = Shared(second, first, tasks);
            TaskInfo[] infos = [.. tasks.Infos.Where(info => shared.Any(graph => graph.Info.Name == info.Name))];
            FoldedPredictor predictor = new(second.Session, shared);
            return new SecondModel(second.Describe(), infos, batch => predictor.Predict(batch, cancellation), metrics, second);
        }
        catch
        {
            second.Dispose();
            throw;
        }
    }

    /// <summary>Measures a batch; its logits.</summary>
    public IReadOnlyDictionary<string, float[]> Run(Batch batch)
    {
        IReadOnlyDictionary<string, float[]> logits = predict(batch);
        meter.Add(batch, logits);
        return logits;
    }

    /// <summary>All numbers.</summary>
    public IReadOnlyList<TaskScores> Scores() => meter.Scores();

    public void Dispose() => owned?.Dispose();

    private static TaskSpec[] Shared(EvaluatedModel second, EvaluatedModel first, TaskChoice tasks)
    {
        if (second.Input.Size != first.Input.Size || !second.Input.Mean.SequenceEqual(first.Input.Mean) || !second.Input.Std.SequenceEqual(first.Input.Std))
        {
            throw new EvaluateException(
                $"--against: expected a model that reads the same pictures, {first.Input.Size}x{first.Input.Size} with the same mean and deviation; found {second.Input.Size}x{second.Input.Size}.");
        }

        TaskSpec[] shared =
            [.. second.Folder.Manifest.Tasks.Where(task => tasks.Infos.Any(info => info.Name == task.Info.Name && info.Channels == task.Info.Channels))];
        return shared.Length > 0
            ? shared
            : throw new EvaluateException($"--against: expected a model with some of {string.Join(", ", tasks.Infos.Select(info => info.Name))}; found none of them.");
    }
}
