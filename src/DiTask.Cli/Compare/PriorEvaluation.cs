using DiTask.Cli.Evaluate;
using DiTask.Model.Data;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;
using DiTask.Model.Onnx;
using DiTask.Model.Tasks;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Runs;
using DiTask.Model.Vision;

namespace DiTask.Cli.Compare;

/// <summary>Measures a predictor that looks at no picture, on the pictures that the rows of a comparison are measured on.</summary>
internal static class PriorEvaluation
{
    /// <summary>Learns from the training pictures of a configuration, without augmentation, and measures.</summary>
    /// <param name="name">One of <see cref="LearntPrior.Names"/>.</param>
    /// <param name="config">Data, tasks and size.</param>
    /// <param name="split">Pictures to measure on.</param>
    /// <param name="cancellation">Stops it.</param>
    public static EvaluationReport Run(string name, RunConfig config, string split, CancellationToken cancellation)
    {
        IDataset train = TrainingData.Split(config, config.Data.Train, config.Data.Limit);
        IDataset pictures = TrainingData.Split(config, split, limit: null);
        TaskInfo[] tasks = [.. TrainingData.Chosen(config, train).Where(task => !TaskCatalog.IsAttribute(task.Name))];
        SampleTransform transform = new(tasks, config.Network.ImageSize, Preprocessing.ImageNetMean, Preprocessing.ImageNetStd);
        EvaluationOptions metrics = EvaluateRun.MetricsOf(config.Data.Path, format: null, edgeTolerance: null);
        LearntPrior learnt = LearntPrior.Of(name, train, transform, config.Batch, cancellation);
        BatchLoader loader = new(pictures, transform, new BatchLoaderOptions { BatchSize = config.Batch });
        EvaluationScores scores = new Evaluator(tasks, metrics).Run(loader.Epoch(0, cancellation: cancellation), learnt.Prior.Predict, cancellation: cancellation);
        return new EvaluationReport
        {
            Tool = OnnxModel.Tool,
            Created = DateTimeOffset.UtcNow,
            Protocol = Evaluator.Protocol,
            InputSize = config.Network.ImageSize,
            EdgeTolerance = metrics.EdgeTolerance,
            Dataset = new ReportDataset(pictures.Name, scores.Images, pictures.Count),
            Run = new ReportRun(learnt.Model, [.. scores.Tasks.Select(ReportTask.Of)]),
            Speed = new ReportSpeed("none", config.Batch, scores.Elapsed.TotalSeconds, scores.Images / scores.Elapsed.TotalSeconds, scores.Images / scores.ModelTime.TotalSeconds),
            Warnings = [.. scores.Tasks.SelectMany(task => task.Warnings)],
        };
    }
}
