using DiTask.Cli.Evaluate;
using DiTask.Model.Data;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Diagnosis.Probes;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;
using DiTask.Model.Tasks;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Runs;
using DiTask.Model.Vision;

namespace DiTask.Cli.Compare;

/// <summary>Baselines that need no training: what looks at no picture, and a linear map from the features of the backbone that runs start from.</summary>
internal static class UntrainedRows
{
    private const string LinearProbe = "linear-probe";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. LearntPrior.Names, LinearProbe];

    /// <summary>Learns from the training pictures of a configuration, without augmentation, and measures.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="config">Data, tasks, size, backbone.</param>
    /// <param name="split">Pictures to measure on.</param>
    /// <param name="cancellation">Stops it.</param>
    public static EvaluationReport Run(string name, RunConfig config, string split, CancellationToken cancellation)
    {
        IDataset train = TrainingData.Split(config, config.Data.Train, config.Data.Limit);
        IDataset pictures = TrainingData.Split(config, split, limit: null);
        TaskInfo[] tasks = [.. TrainingData.Chosen(config, train).Where(task => !TaskCatalog.IsAttribute(task.Name))];
        SampleTransform transform = new(tasks, config.Network.ImageSize, Preprocessing.ImageNetMean, Preprocessing.ImageNetStd);
        EvaluationOptions metrics = EvaluateRun.MetricsOf(config.Data.Path, format: null, edgeTolerance: null);
        using ProbedBackbone? probe = name == LinearProbe ? ProbedBackbone.Learn(config, cancellation) : null;
        LearntPrior? prior = probe is null ? LearntPrior.Of(name, train, transform, config.Batch, cancellation) : null;
        BatchLoader loader = new(pictures, transform, new BatchLoaderOptions { BatchSize = config.Batch });
        EvaluationScores scores = new Evaluator(tasks, metrics).Run(
            loader.Epoch(0, cancellation: cancellation), batch => probe?.Predict(batch) ?? prior!.Prior.Predict(batch), cancellation: cancellation);
        ReportModel model = prior?.Model ?? new ReportModel("linear probe", $"{config.Start ?? "a drawn backbone"}, {train.Count} pictures");
        return FreshReport.Of(model, scores, new ReportDataset(pictures.Name, scores.Images, pictures.Count), metrics, "none", config.Batch, TimeProvider.System);
    }
}
