using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Panels;
using DiTask.Model.Evaluation.Reports;

namespace DiTask.Cli.Evaluate;

/// <summary>Carries out one evaluation.</summary>
internal sealed class EvaluateRun(EvaluateOptions options, TextWriter error, bool isTerminal, TimeProvider clock)
{
    /// <summary>Evaluates; writes the files asked for.</summary>
    /// <exception cref="EvaluateException">The command makes no sense.</exception>
    public EvaluationReport Execute(CancellationToken cancellation)
    {
        // What a typing error can spoil is read before the hours begin.
        Baselines? baselines = options.Baselines is { } name ? Baselines.Open(name) : null;
        FolderDataset whole = DatasetFolder.Open(options.Data, options.Split, options.Dataset);
        using EvaluatedModel model = EvaluatedModel.Open(options.Model, options.Session, Log, cancellation);
        TaskChoice tasks = TaskChoice.Of(model.Folder.Manifest, whole, options.Dataset.Tasks);
        string[] names = [.. tasks.Infos.Select(task => task.Name)];
        whole = DatasetFolder.Open(options.Data, options.Split, options.Dataset with { Tasks = names });
        IDataset dataset = options.Limit is { } limit ? new FirstSamples(whole, limit) : whole;
        EvaluationOptions metrics = MetricsOf(options.Data, options.Dataset.Format, options.EdgeTolerance);
        RequireBaselines(baselines, tasks);

        using SecondModel? against = SecondModel.Open(options, model, tasks, metrics, Log, cancellation);
        PanelFiles? panels = options.Panels is { } folder ? new PanelFiles(
            folder, options.PanelCount, Legend(model, against), model.Input, tasks.Infos, metrics, new PanelOptions { DepthErrorMetres = options.PanelDepth }) : null;

        SampleTransform transform = new(tasks.Infos, model.Input.Size, model.Input.Mean, model.Input.Std, options.Preprocessing);
        BatchLoader loader = new(dataset, transform, new BatchLoaderOptions { BatchSize = options.BatchSize });
        FoldedPredictor predictor = new(model.Session, tasks.Graphs);
        EvaluateProgress progress = new(dataset.Count, error, isTerminal);
        EvaluationScores scores = new Evaluator(tasks.Infos, metrics).Run(
            loader.Epoch(0, cancellation: cancellation),
            batch => predictor.Predict(batch, cancellation),
            progress.Report,
            (batch, logits) =>
            {
                IReadOnlyDictionary<string, float[]>? baseline = against?.Run(batch);
                panels?.Add(batch, logits, baseline);
            },
            cancellation);

        IReadOnlyList<TaskScores> others = against?.Scores() ?? [];
        ReportModel measured = model.Describe();
        EvaluationReport report = FreshReport.Of(
            measured, scores, new ReportDataset(whole.Name, scores.Images, whole.Count), metrics, model.Session.Provider, options.BatchSize, clock) with
        {
            Run = ReportOf(measured, scores.Tasks, baselines),
            Against = against is null ? null : ReportOf(against.Model, others, baselines),
            Warnings = [.. Limits(scores.Images, whole.Count), .. tasks.Left, .. WarningsOf(scores.Tasks, others)],
        };
        Write(report);
        return report;
    }

    /// <summary>What the metrics leave open, on the pictures of a folder.</summary>
    public static EvaluationOptions MetricsOf(string data, DatasetFormat? format, double? edgeTolerance) => new()
    {
        EdgeTolerance = edgeTolerance
            ?? ((format ?? DatasetFolder.Detect(data)) == DatasetFormat.Nyud ? EvaluationOptions.NyudEdgeTolerance : EvaluationOptions.PascalEdgeTolerance),
    };

    private static void RequireBaselines(Baselines? baselines, TaskChoice tasks)
    {
        if (baselines is not null)
        {
            DeltaM.Of(new MultiTaskMeter(tasks.Infos).Scores(), baselines);
        }
    }

    private static ReportRun ReportOf(ReportModel model, IReadOnlyList<TaskScores> scores, Baselines? baselines) =>
        new(model, [.. scores.Select(ReportTask.Of)], baselines is null ? null : DeltaM.Of(scores, baselines));

    private static string Legend(EvaluatedModel model, SecondModel? other) =>
        $"prediction {model.Describe().Title}{(other is null ? "" : $", baseline {other.Model.Title}")}";

    private static IEnumerable<string> Limits(int images, int available)
    {
        if (images < available)
        {
            yield return $"only the first {images} of {available} pictures were evaluated";
        }
    }

    private static IEnumerable<string> WarningsOf(IReadOnlyList<TaskScores> scores, IReadOnlyList<TaskScores> others)
    {
        string[] own = [.. scores.SelectMany(task => task.Warnings)];
        return [.. own, .. others.SelectMany(task => task.Warnings).Except(own).Select(warning => $"against: {warning}")];
    }

    private void Write(EvaluationReport report)
    {
        foreach (string path in new[] { options.Json, options.Markdown }.OfType<string>())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        if (options.Json is { } json)
        {
            report.WriteJson(json);
        }

        if (options.Markdown is { } markdown)
        {
            report.WriteMarkdown(markdown);
        }
    }

    private void Log(string line) => error.WriteLine($"ditask evaluate: {line}");
}
