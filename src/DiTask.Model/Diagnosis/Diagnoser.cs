using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Diagnosis.Affinity;
using DiTask.Model.Diagnosis.Costs;
using DiTask.Model.Diagnosis.Gradients;
using DiTask.Model.Diagnosis.Opening;
using DiTask.Model.Diagnosis.Probes;
using DiTask.Model.Diagnosis.Reports;
using DiTask.Model.Diagnosis.Signals;
using DiTask.Model.Diagnosis.Spectra;
using DiTask.Model.Evaluation;
using DiTask.Model.Files;
using DiTask.Model.Tasks;
using DiTask.Model.Training;
using DiTask.Model.Training.Balancing;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Runs;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis;

/// <summary>Finds out whether the tasks of a checkpoint help or hurt each other.</summary>
/// <param name="options">What to measure.</param>
/// <param name="notice">Is told what is being done.</param>
/// <param name="clock">Dates the report.</param>
internal sealed class Diagnoser(DiagnosisOptions options, Action<string> notice, TimeProvider clock)
{
    private const double SmallSteps = 0.1;

    /// <summary>Measures everything.</summary>
    /// <exception cref="DiagnosisException">The checkpoint and the data do not make a diagnosis.</exception>
    public DiagnosisReport Run(CancellationToken cancellation = default)
    {
        Baselines? baselines = options.Baselines is { } name ? Baselines.Open(name) : null;
        Device place = ComputeDevice.Of(options.Device);
        using DiagnosedModel model = Opener(options.ImageSize, place).Open(options.Checkpoint);
        RunConfig run = Configure(model);
        TrainingData data = TrainingData.Open(run);
        string[] tasks = [.. data.Tasks.Select(task => task.Name)];

        IReadOnlyList<ProbeResult> probes = Probes(model, run, data, place, cancellation);
        Measurement? earlier = null;
        if (options.Earlier is { } before)
        {
            notice($"measuring the earlier checkpoint {before}");
            using DiagnosedModel other = Opener(run.Network.ImageSize, place).Open(before);
            RequireTasks(other, tasks, "an earlier checkpoint has the same tasks");
            earlier = Measure(other, run, data, withLookahead: false, cancellation);
        }

        Measurement now = Measure(model, run, data, withLookahead: true, cancellation);
        notice("measuring the scores");
        TaskRunner runner = now.Runner;
        EvaluationScores scores = Score(runner, data, cancellation);
        DeltaM? delta = baselines is null ? null : DeltaM.Of(scores.Tasks, baselines);
        TaskMatrix interference = Interference(model, run, data, runner, scores, cancellation);
        TaskMatrix affinity = TaskMatrix.Mean(tasks, now.Affinities);
        NetworkCost cost = NetworkCost.Of(model.Network.Config);
        TaskGrouping grouping = TaskGrouping.Best(affinity, cost.Of, options.Budget);
        IReadOnlyList<GroupRelations> gradients = now.Meter.Relations();
        PearsonMatrix? changes = earlier is null ? null : Changes(tasks, now.PictureLosses, earlier.PictureLosses);
        IReadOnlyDictionary<string, double> ratios = Ratios(now);
        Dictionary<string, double>? earlierRatios = earlier is null ? null : Ratios(earlier);
        Signal[] signals = [SignalRules.Opposed(gradients), OverloadedHeads.Judge(ratios, earlierRatios, probes), SignalRules.ZeroSum(changes), SignalRules.Fear(interference, baselines)];
        Verdict verdict = Verdict.Of(signals);
        return new DiagnosisReport
        {
            Tool = MadeBy.Tool,
            Created = clock.GetUtcNow(),
            Checkpoint = Path.GetFileName(options.Checkpoint),
            Dataset = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Data))),
            Settings = new ReportSettings(
                now.Meter.Batches, run.Batch, options.Steps, run.Optimizer.LearningRate, options.LookaheadRate, scores.Images, run.Network.ImageSize, model.Measured.Kind, LossWeights.Of(tasks, run.Losses)),
            Tasks = tasks,
            Verdict = verdict,
            Signals = signals,
            Split = SplitAdvice.Of(gradients, delta?.Tasks, cost),
            Gradients = gradients,
            Norms = [.. tasks.Select(task => new TaskNorms(task, now.Meter.Losses()[task], now.Meter.TrunkNorms()[task], now.Meter.HeadNorms()[task], earlierRatios?[task]))],
            Probes = probes,
            Affinity = affinity,
            Grouping = grouping,
            Interference = interference,
            Scores = [.. scores.Tasks.Select(task => new ReportScore(task.Task.Name, task.Headline.Name, task.Headline.Value, task.Headline.Unit, task.Headline.HigherIsBetter))],
            Transfer = delta is null ? null : [.. delta.Tasks.Select(TransferBadge.Of)],
            Changes = changes is null ? null : new TaskMatrix(tasks, changes.Values),
            Cost = cost,
            Spectra = WarpedSpectra.Of(model.Network),
            Configs = [.. Configs(model.Run with { Data = model.Run.Data with { Path = options.Data, Format = options.Format, Train = options.Train, Val = options.Val }, Tasks = tasks }, grouping)],
            Notes = [.. Notes(model), .. Overshoots(affinity), .. scores.Tasks.SelectMany(task => task.Warnings), .. changes?.Warnings ?? []],
        };
    }

    private ModelOpener Opener(int? imageSize, Device place) => new(options.Base, imageSize, options.Warp, place);

    // The run's losses and optimizer, on unchanged pictures of the data given here.
    private RunConfig Configure(DiagnosedModel model)
    {
        RunConfig run = model.Run with
        {
            Seed = options.Seed,
            Data = model.Run.Data with { Path = options.Data, Format = options.Format, Train = options.Train, Val = options.Val, Augment = "none", Limit = null },
            Network = model.Run.Network with { ImageSize = model.Network.Config.Backbone.ImageSize },
            Optimizer = model.Run.Optimizer with { LearningRate = options.Rate ?? (SmallSteps * model.Run.Optimizer.LearningRate) },
            Validation = new ValidationOptions { Every = 1, Limit = options.Pictures },
            Batch = options.BatchSize,
            Tasks = [],
        };
        DatasetFormat? format = options.Format == "auto" ? null : Enum.Parse<DatasetFormat>(options.Format, ignoreCase: true);
        IReadOnlyList<TaskInfo> labelled = DatasetFolder.Open(options.Data, options.Train, new DatasetOptions { Format = format }).Tasks;
        string[] has = [.. model.Network.Config.Tasks.Select(task => task.Name)];
        string[] chosen = [.. has.Where(task => labelled.Any(info => info.Name == task) && (options.Tasks.Count == 0 || options.Tasks.Contains(task)))];
        string[] lacking = [.. options.Tasks.Except(chosen)];
        if (lacking.Length > 0 || chosen.Length < 2)
        {
            throw new DiagnosisException(
                $"{(lacking.Length > 0 ? $"There is no {string.Join(", ", lacking)}" : "It takes two tasks or more")}: the model has {string.Join(", ", has)}, the data set labels {string.Join(", ", labelled.Select(info => info.Name))}.");
        }

        foreach (string task in chosen)
        {
            int outputs = model.Network.Config.Tasks.First(own => own.Name == task).OutputChannels;
            int channels = labelled.First(info => info.Name == task).Channels;
            if (outputs != channels)
            {
                throw new DiagnosisException($"{task}: the model has {outputs} channels, the data set {channels}.");
            }
        }

        return run with { Tasks = chosen };
    }

    private List<ProbeResult> Probes(DiagnosedModel model, RunConfig run, TrainingData data, Device place, CancellationToken cancellation)
    {
        string[] unknown = [.. options.Singles.Keys.Except(run.Tasks)];
        if (unknown.Length > 0)
        {
            throw new DiagnosisException($"A single-task checkpoint of {string.Join(", ", unknown)} was given; expected one of {string.Join(", ", run.Tasks)}.");
        }

        List<ProbeResult> results = [];
        foreach (TaskInfo task in data.Tasks.Where(task => options.Singles.ContainsKey(task.Name)))
        {
            notice($"probing the features for {task.Name}");
            using DiagnosedModel single = Opener(run.Network.ImageSize, place).Open(options.Singles[task.Name]);
            RequireTasks(single, [task.Name], "its single-task checkpoint has that task");
            results.Add(ProbeResult.Of(task.Name, Probe(model, run, task, data, cancellation), Probe(single, run, task, data, cancellation)));
        }

        return results;
    }

    // A picture that is learned from twice would count twice.
    private ProbeScore Probe(DiagnosedModel model, RunConfig run, TaskInfo task, TrainingData data, CancellationToken cancellation)
    {
        TaskRunner runner = new(model.Network, [task.Name], run.Losses.LossForm);
        return new LinearProbe(task, batch => runner.Features(batch, task.Name)).Measure(
            Measurement.Batches(data, Math.Min(options.Batches, data.Train.BatchesPerEpoch), cancellation), data.Validation!.Epoch(0, 0, cancellation));
    }

    private Measurement Measure(DiagnosedModel model, RunConfig run, TrainingData data, bool withLookahead, CancellationToken cancellation) =>
        Measurement.Take(model.Network, run, data, options.Batches, withLookahead ? options.LookaheadRate : null, notice, cancellation);

    private TaskMatrix Interference(DiagnosedModel model, RunConfig run, TrainingData data, TaskRunner runner, EvaluationScores scores, CancellationToken cancellation)
    {
        using ParameterSnapshot start = new([.. model.Network.Parameters.Select(parameter => parameter.Tensor)]);
        IReadOnlyDictionary<string, double> weights = LossWeights.Of(runner.Tasks, run.Losses);
        OneTaskTraining training = new(model.Network, runner, [.. runner.Tasks.Select(task => weights[task])], run.Optimizer);
        return InterferenceMatrix.Measure(
            runner.Tasks,
            [.. scores.Tasks.Select(task => task.Headline)],
            start,
            task =>
            {
                notice($"training {runner.Tasks[task]} alone for {options.Steps} steps");
                training.Run(task, Measurement.Batches(data, options.Steps, cancellation));
            },
            () => [.. Score(runner, data, cancellation).Tasks.Select(task => task.Headline)]);
    }

    private static EvaluationScores Score(TaskRunner runner, TrainingData data, CancellationToken cancellation) =>
        new Evaluator(data.Tasks).Run(data.Validation!.Epoch(0, 0, cancellation), runner.Logits, cancellation: cancellation);

    // Falling losses are gains, so that losses count as errors.
    private static PearsonMatrix Changes(string[] tasks, IReadOnlyList<double[]> now, IReadOnlyList<double[]> earlier) => PearsonMatrix.Of(
        tasks.Select((task, index) => (task, Values: now.Zip(earlier, (after, before) => after[index] - before[index]).ToArray())).ToDictionary(pair => pair.task, pair => pair.Values),
        new HashSet<string>(tasks));

    private static Dictionary<string, double> Ratios(Measurement measured)
    {
        IReadOnlyDictionary<string, double> trunk = measured.Meter.TrunkNorms();
        return measured.Meter.HeadNorms().ToDictionary(task => task.Key, task => task.Value / trunk[task.Key]);
    }

    private static void RequireTasks(DiagnosedModel model, IReadOnlyList<string> tasks, string expected)
    {
        string[] lacking = [.. tasks.Except(model.Network.Config.Tasks.Select(task => task.Name))];
        if (lacking.Length > 0)
        {
            throw new DiagnosisException($"'{model.Path}' has no {string.Join(", ", lacking)}; {expected}.");
        }
    }

    private static IEnumerable<ReportConfig> Configs(RunConfig shared, TaskGrouping grouping)
    {
        yield return new ReportConfig("shared", ConfigFile.Write(shared));
        IReadOnlyList<IReadOnlyList<string>> groups = grouping.Groups.Count > 1 ? grouping.Groups : [.. shared.Tasks.Select(task => (IReadOnlyList<string>)[task])];
        foreach (IReadOnlyList<string> group in groups)
        {
            yield return new ReportConfig($"separate: {string.Join(", ", group)}", ConfigFile.Write(shared with { Tasks = group }));
        }
    }

    private static IEnumerable<string> Overshoots(TaskMatrix affinity) => affinity.Tasks.Where((_, index) => affinity[index, index] < 0)
        .Select(task => $"The lookahead step of {task} makes {task} itself worse: it is too long, and its row of the affinities says little. Lower --lookahead-rate.");

    private static IEnumerable<string> Notes(DiagnosedModel model)
    {
        foreach (string note in model.Notes)
        {
            yield return note;
        }

        if (model.Network.Adapters.Values.All(adapter => adapter is not Training.Adapters.WarpAdapter))
        {
            yield return "The network has no thetas, so there are no warped spectra to show.";
        }
    }
}
