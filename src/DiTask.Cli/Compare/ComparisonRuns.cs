using System.Globalization;
using DiTask.Cli.Evaluate;
using DiTask.Model.Data.Folders;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;

namespace DiTask.Cli.Compare;

/// <summary>Trains and measures what a comparison still lacks. Several processes may work on one folder: each run belongs to who locks it first.</summary>
internal sealed class ComparisonRuns(Comparison comparison, string folder, string split, IRunObserver observer, TextWriter log)
{
    /// <summary>Name of a run's measurements, in its folder.</summary>
    public const string EvaluationName = "evaluation.json";

    /// <summary>Name of the folder, in a run's, that training wrote; single-task networks have one per task instead.</summary>
    public const string TrainedName = "run";

    private const string LockName = ".lock";

    /// <summary>Runs everything of the rows, or those named.</summary>
    public void Run(IReadOnlyCollection<string> only, CancellationToken cancellation)
    {
        foreach ((string row, long seed) in comparison.Runs.Where(run => only.Count == 0 || only.Contains(run.Row)))
        {
            cancellation.ThrowIfCancellationRequested();
            string path = FolderOf(folder, row, seed);
            Directory.CreateDirectory(path);
            using FileStream? held = Lock(path);
            if (held is not null && ComparedRun.Of(path) is null)
            {
                log.WriteLine($"{row}, seed {seed}");
                RunConfig config = comparison.ConfigOf(row, seed);
                ComparedRun run = row == Comparison.SingleRow ? Single(config, path, seed, cancellation)
                    : UntrainedRows.Names.Contains(row) ? Untrained(config, row, seed, path, cancellation)
                    : One(config, row, seed, path, cancellation);
                run.Write(path);
            }
        }
    }

    /// <summary>Folder of a run.</summary>
    public static string FolderOf(string folder, string row, long seed) => Path.Combine(folder, row, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}"));

    private static FileStream? Lock(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private ComparedRun Untrained(RunConfig config, string row, long seed, string path, CancellationToken cancellation)
    {
        EvaluationReport report = UntrainedRows.Run(row, config, split, cancellation);
        report.WriteJson(Path.Combine(path, EvaluationName));
        return new ComparedRun(row, seed, Headlines(report), Parameters: null, MillisecondsPerStep: null);
    }

    private ComparedRun One(RunConfig config, string row, long seed, string path, CancellationToken cancellation)
    {
        StepTimes times = new();
        using Trainer trainer = Trainer.BeginOrResume(config, Path.Combine(path, TrainedName), observer, times);
        TrainingResult result = trainer.Run(cancellation);
        return new ComparedRun(row, seed, Measure(config, result.Last, path, cancellation), trainer.Parameters, times.Median(config.Batch));
    }

    private ComparedRun Single(RunConfig config, string path, long seed, CancellationToken cancellation)
    {
        Dictionary<string, ComparedScore> scores = [];
        List<ParameterReport> parameters = [];
        StepTimes times = new();
        List<string> tasks = [];
        SingleTaskRuns.Run(config, path, (task, trainer) =>
        {
            tasks.Add(task);
            parameters.Add(trainer.Parameters);
        }, [observer, times], cancellation);
        foreach (string task in tasks)
        {
            string run = Path.Combine(path, task);
            foreach ((string name, ComparedScore score) in Measure(config with { Tasks = [task] }, Path.Combine(run, "last"), run, cancellation))
            {
                scores[name] = score;
            }
        }

        return new ComparedRun(Comparison.SingleRow, seed, scores, parameters.Aggregate(Sum), times.Median(config.Batch));
    }

    private Dictionary<string, ComparedScore> Measure(RunConfig config, string model, string path, CancellationToken cancellation)
    {
        EvaluateOptions options = new()
        {
            Model = Path.Combine(model, "model.safetensors"),
            Data = config.Data.Path,
            Split = split,
            Dataset = new DatasetOptions { Tasks = config.Tasks.Count == 0 ? null : config.Tasks },
            BatchSize = config.Batch,
            Json = Path.Combine(path, EvaluationName),
        };
        return Headlines(new EvaluateRun(options, TextWriter.Null, isTerminal: false, TimeProvider.System).Execute(cancellation));
    }

    private static Dictionary<string, ComparedScore> Headlines(EvaluationReport report) =>
        report.Run.Tasks.ToDictionary(task => task.Task, task => new ComparedScore(task.Headline.Name, task.Headline.Value, task.Headline.HigherIsBetter));

    private static ParameterReport Sum(ParameterReport first, ParameterReport second) => new(
        first.Thetas + second.Thetas, first.Adapters + second.Adapters, first.Extras + second.Extras, first.Backbone + second.Backbone,
        first.Decoders + second.Decoders, first.Auxiliary + second.Auxiliary, first.Frozen + second.Frozen);
}
