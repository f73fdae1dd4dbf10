using System.Globalization;
using DiTask.Model.Data;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;

namespace DiTask.Cli.Evaluate;

/// <summary>A predictor that looks at no picture, as something that is measured like a model.</summary>
/// <param name="Prior">The predictor.</param>
/// <param name="Model">What a report says of it.</param>
internal sealed record LearntPrior(LabelPrior Prior, ReportModel Model)
{
    private static readonly Dictionary<string, (LabelPriorKind Kind, string Title)> Known = new(StringComparer.Ordinal)
    {
        ["constant"] = (LabelPriorKind.Constant, "constant predictor"),
        ["position"] = (LabelPriorKind.Position, "position prior"),
    };

    /// <summary>The words that mean such a predictor where a model could stand.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys];

    /// <summary>Learns one.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="train">Pictures to learn from.</param>
    /// <param name="transform">What becomes of them: its tasks are learnt at its size.</param>
    /// <param name="batchSize">Pictures read at a time.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="DatasetException">A picture cannot be read, or a task has no label.</exception>
    public static LearntPrior Of(string name, IDataset train, SampleTransform transform, int batchSize, CancellationToken cancellation)
    {
        (LabelPriorKind kind, string title) = Known[name];
        BatchLoader loader = new(train, transform, new BatchLoaderOptions { BatchSize = batchSize });
        LabelPrior prior = LabelPrior.Learn(loader.Epoch(0, cancellation: cancellation), transform.Tasks, kind, cancellation);
        string source = string.Create(CultureInfo.InvariantCulture, $"{train.Name}, {prior.Images} pictures");
        return new LearntPrior(prior, new ReportModel(title, source) { Notice = "Looks at no picture: what the labels it was learnt from are on average." });
    }
}
