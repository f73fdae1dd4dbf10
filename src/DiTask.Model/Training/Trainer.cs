using System.Diagnostics;
using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Data;
using DiTask.Model.Evaluation;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using static TorchSharp.torch;

namespace DiTask.Model.Training;

/// <summary>Trains a multi-task network as a configuration says, into a folder of its own.</summary>
/// <remarks>A run that was stopped goes on where it was, bit for bit: every random number is a function of the seed and of the place in the run.</remarks>
public sealed class Trainer : IDisposable
{
    private const int TrialSteps = 2;

    private readonly RunFolder folder;
    private readonly RunConfig config;
    private readonly TrainingData data;
    private readonly TrainingSession session;
    private readonly CheckpointFolder checkpoints;
    private readonly RunLog log;
    private readonly IRunObserver[] observers;
    private readonly Baselines? baselines;
    private readonly string? baseDigest;

    private Trainer(RunFolder folder, RunConfig config, bool resume, IReadOnlyList<IRunObserver> observers)
    {
        this.folder = folder;
        data = TrainingData.Open(config);
        string[] tasks = [.. data.Tasks.Select(task => task.Name)];
        this.config = config with { Tasks = tasks };
        baselines = config.Validation.Baselines is { } name ? Baselines.Open(name) : null;
        ModelConfig plain = config.Network.Create([.. data.Tasks.Select(task => (task.Name, task.Channels))]);
        using CheckpointFile? start = config.Start is null ? null : CheckpointFile.Open(config.Start);
        baseDigest = start?.Sha256;
        Device device = ComputeDevice.Of(config.Device);
        TrainableNetwork network = new(plain, config.Adapter, StartWeights.Make(plain, start, config.Seed), config.Seed, device);
        set_num_threads(TrainingThreads.For(config, network));
        session = new TrainingSession(this.config, network, tasks, data.Train.BatchesPerEpoch);
        checkpoints = new CheckpointFolder(folder.Checkpoints, config.Checkpoints.Keep);
        List<string> notices = [];
        if (resume && checkpoints.Newest(notices.Add) is { } saved)
        {
            session.Restore(saved);
            notices.Add($"goes on after step {saved.Position.Step}, epoch {saved.Position.Epoch}");
        }

        // Only now: a run that cannot begin leaves no folder behind, and a change that does not fit is not kept.
        folder.Write(this.config);
        log = new RunLog(folder, tasks, session.Position);
        log.Started(session.Position, RunMachine.Of(device));
        this.observers = [log, new TensorBoardLog(folder, session.Position.Step), .. observers];
        notices.ForEach(Notice);
    }

    /// <summary>The parameters of the run, group by group.</summary>
    public ParameterReport Parameters => ParameterReport.Of(session.Network);

    /// <summary>The network of the run.</summary>
    internal ModelConfig Network => session.Network.Config;

    /// <summary>Begins a run in a new folder.</summary>
    /// <param name="config">What to do.</param>
    /// <param name="folder">Folder to make.</param>
    /// <param name="observers">Are told what happens, after the log files.</param>
    /// <exception cref="TrainingException">There is a run in the folder already, or the data set lacks a task.</exception>
    /// <exception cref="DatasetException">The data set cannot be read.</exception>
    /// <exception cref="CheckpointException">The start cannot be read, or is of another network.</exception>
    public static Trainer Begin(RunConfig config, string folder, params IReadOnlyList<IRunObserver> observers) =>
        new(RunFolder.New(folder), config, resume: false, observers);

    /// <summary>Goes on with a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="settings">Changes of its configuration, such as more epochs.</param>
    /// <param name="observers">Are told what happens, after the log files.</param>
    /// <exception cref="ConfigException">The folder holds no run.</exception>
    /// <exception cref="TrainingException">Its checkpoints are of another configuration.</exception>
    public static Trainer Resume(string folder, IReadOnlyList<string> settings, params IReadOnlyList<IRunObserver> observers)
    {
        (RunFolder run, RunConfig config) = RunFolder.Open(folder, settings);
        return new Trainer(run, config, resume: true, observers);
    }

    /// <summary>Begins a run, or goes on with the one that is there.</summary>
    /// <param name="config">What to do; with the tasks of the run that is there when it names none.</param>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="observers">Are told what happens, after the log files.</param>
    /// <exception cref="TrainingException">The folder holds a run with other settings, or the run cannot begin.</exception>
    public static Trainer BeginOrResume(RunConfig config, string folder, params IReadOnlyList<IRunObserver> observers)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (!RunFolder.Holds(folder))
        {
            return Begin(config, folder, observers);
        }

        RunConfig there = RunFolder.Open(folder, []).Config;
        RunConfig asked = config.Tasks.Count == 0 ? config with { Tasks = there.Tasks } : config;
        return ConfigFile.Write(there) == ConfigFile.Write(asked)
            ? Resume(folder, [], observers)
            : throw new TrainingException($"'{folder}' holds a run with other settings; choose another folder, or go on with that run alone: --resume {folder}");
    }

    /// <summary>Takes two steps, the first of them to warm up. They change the run: it is one to throw away.</summary>
    public TrainingTrial Try()
    {
        TimeSpan latest = default;
        long start = Stopwatch.GetTimestamp();
        foreach (Batch batch in data.Train.Epoch(0).Take(TrialSteps))
        {
            session.Train(batch, Notice);
            latest = Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
        }

        using Process process = Process.GetCurrentProcess();
        return new TrainingTrial(data.Pictures, data.Train.BatchesPerEpoch, latest, process.PeakWorkingSet64);
    }

    /// <summary>Trains to the end.</summary>
    /// <returns>Where the models lie, and the last evaluation.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; the state is saved.</exception>
    /// <exception cref="TrainingException">It cannot go on.</exception>
    public TrainingResult Run(CancellationToken cancellation = default)
    {
        ValidationReport? latest = null;
        Pace pace = new(session.Position.Step, (long)config.Schedule.Epochs * data.Train.BatchesPerEpoch, config.Batch);
        while (!session.Position.IsComplete && session.Position.Epoch < config.Schedule.Epochs && !session.Best.IsOver)
        {
            RunEpoch(pace, cancellation);
            int done = session.Position.Epoch + 1;
            bool isDue = config.Validation.Every > 0 && (done % config.Validation.Every == 0 || done == config.Schedule.Epochs);
            if (isDue)
            {
                // An evaluation may take long, or be what the process dies of.
                session.Save(checkpoints);
            }

            session.EndEpoch();
            latest = isDue ? Validate(cancellation) : latest;
            session.Save(checkpoints);
        }

        if (session.Position.IsComplete)
        {
            Notice($"the run is complete after {session.Position.Epoch} epochs; more of them, such as --set schedule.epochs={2 * session.Position.Epoch}, go on with it");
        }
        else if (session.Best.IsOver)
        {
            Notice($"stopped early: no better score in {session.Best.Waited} evaluations, the best is that of epoch {session.Best.Epoch}");
        }

        if (!session.Position.IsComplete)
        {
            Export(folder.Last);
            session.Complete();
            session.Save(checkpoints);
        }

        RunCurves.Write(folder);
        return new TrainingResult(folder.Path, folder.Last, Directory.Exists(folder.Best) ? folder.Best : folder.Last, latest);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        log.Dispose();
        session.Dispose();
    }

    private void RunEpoch(Pace pace, CancellationToken cancellation)
    {
        RunPosition begin = session.Position;

        // Not by the token: it would end the pass without a chance to save.
        foreach (Batch batch in data.Train.Epoch(begin.Epoch, begin.Batch, CancellationToken.None))
        {
            if (cancellation.IsCancellationRequested)
            {
                session.Save(checkpoints);
                cancellation.ThrowIfCancellationRequested();
            }

            StepOutcome outcome = session.Train(batch, Notice);
            RunPosition position = session.Position;
            pace.Advance(position.Step);
            if (outcome.Updated)
            {
                Report(outcome, position, pace);
            }

            if (config.Checkpoints.EverySteps is { } every && outcome.Updated && position.Update % every == 0)
            {
                session.Save(checkpoints);
            }
        }
    }

    private void Report(StepOutcome outcome, RunPosition position, Pace pace)
    {
        StepReport report = new(
            position.Step,
            position.Update,
            position.Epoch + ((double)position.Batch / data.Train.BatchesPerEpoch),
            config.Schedule.Epochs,
            outcome.Losses,
            outcome.Weights,
            outcome.Total,
            outcome.LearningRate,
            outcome.GradientNorm,
            pace.ImagesPerSecond,
            pace.Remaining);
        Array.ForEach(observers, observer => observer.Stepped(report));
    }

    private ValidationReport Validate(CancellationToken cancellation)
    {
        using IDisposable? averages = session.Averages?.InPlace();
        Dictionary<string, double> sums = data.Tasks.ToDictionary(task => task.Name, _ => 0.0);
        int pictures = 0;
        EvaluationScores scores = new Evaluator(data.Tasks).Run(
            data.Validation!.Epoch(0, 0, cancellation),
            batch =>
            {
                (IReadOnlyDictionary<string, double> losses, IReadOnlyDictionary<string, float[]> logits) = session.Evaluate(batch);
                pictures += batch.Count;
                foreach ((string task, double loss) in losses)
                {
                    sums[task] += loss * batch.Count;
                }

                return logits;
            },
            cancellation: cancellation);
        Dictionary<string, double> means = sums.ToDictionary(task => task.Key, task => task.Value / pictures);
        IReadOnlyDictionary<string, double> weights = LossWeights.Of(config.Tasks, config.Losses);
        double score = baselines is null ? -means.Sum(task => task.Value * weights[task.Key]) : DeltaM.Of(scores.Tasks, baselines).Percent;
        bool isBest = session.Best.Offer(score, session.Position.Epoch);
        if (isBest)
        {
            Write(folder.Best);
        }

        ValidationReport report = new(session.Position.Epoch, session.Position.Step, means, scores.Tasks, score, isBest);
        Array.ForEach(observers, observer => observer.Validated(report));
        return report;
    }

    private void Export(string path)
    {
        using IDisposable? averages = session.Averages?.InPlace();
        Write(path);
    }

    private void Write(string path) => ModelExport.Write(path, session.Network, config, data.Tasks, session.Position, baseDigest);

    private void Notice(string text) => Array.ForEach(observers, observer => observer.Notice(text));
}
