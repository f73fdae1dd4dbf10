using System.CommandLine;
using DiTask.Cli.Evaluate;
using DiTask.Model.Data.Folders;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;
using DiTask.Model.Inference;
using DiTask.Model.Vision;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask evaluate</c>: how good a model is on labelled pictures.</summary>
internal static class EvaluateCommand
{
    private const string Summary = """
        Measure a folded model, or a checkpoint, on labelled pictures.

        Predictions and labels are compared at the model's input size (protocol mtlora). Every metric is there in its correct form and, where
        the authors' code computes something else under the same word, as NAME.ref, too: docs/evaluation.md.
        A checkpoint is folded into a temporary folder first, so that what is measured is what would be served.
        """;

    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "A folder that 'fold' wrote, or a checkpoint." };
        Option<string> data = new("--data") { Description = "A data set: a plain folder, PASCAL_MT or NYUD_MT.", Required = true, HelpName = "DIR" };
        Option<string> split = new("--split") { Description = "Which pictures.", DefaultValueFactory = _ => "val" };
        Option<string?> format = new("--format") { Description = "Layout of the data set: plain, pascal or nyud. Default: recognised." };
        format.AcceptOnlyFromAmong("plain", "pascal", "nyud");
        Option<string> unit = new("--depth-unit") { Description = "Unit of NYUD depth files: m or mm.", DefaultValueFactory = _ => "m" };
        unit.AcceptOnlyFromAmong("m", "mm");
        Option<string?> tasks = new("--tasks") { Description = "Tasks, comma-separated. Default: all that the model has and the data set labels.", HelpName = "a,b" };
        Option<string?> baselines = new("--baselines") { Description = "Single-task numbers for Delta-m: a JSON file, or 'paper' for the published ones of PASCAL-Context.", HelpName = "FILE|paper" };
        Option<string?> against = new("--against")
        {
            Description = "A second model to measure on the same pictures. 'constant' and 'position' look at none: the average label, and that of each pixel. A folder of such a name is ./constant.",
            HelpName = "MODEL|constant|position",
        };
        Option<string> priorSplit = new("--prior-split") { Description = "Which pictures 'constant' and 'position' are learnt from.", DefaultValueFactory = _ => "train" };
        Option<string?> json = new("--json") { Description = "Write the report for machines.", HelpName = "FILE" };
        Option<string?> markdown = new("--markdown") { Description = "Write the report for people.", HelpName = "FILE" };
        Option<string?> panels = new("--panels") { Description = "Write comparison panels of the first pictures as PNG.", HelpName = "DIR" };
        Option<int> panelCount = new("--panel-count") { Description = "How many.", DefaultValueFactory = _ => 8, HelpName = "N" };
        Option<double> panelDepth = new("--panel-depth") { Description = "Depth error in metres with the brightest colour.", DefaultValueFactory = _ => 1, HelpName = "M" };
        Option<int?> limit = new("--limit") { Description = "Only the first N pictures.", HelpName = "N" };
        Option<int> batchSize = new("--batch-size") { Description = "Pictures per run.", DefaultValueFactory = _ => 4, HelpName = "N" };
        Option<double?> edgeTolerance = new("--edge-tolerance") { Description = "How far an edge may be off, as a share of the diagonal. Default: 0.011 for nyud, 0.0075 otherwise.", HelpName = "T" };
        Option<string> preprocess = new("--preprocess") { Description = "clamp (as served), or reference (the authors' loader, whose overshoots wrap around).", DefaultValueFactory = _ => "clamp" };
        preprocess.AcceptOnlyFromAmong("clamp", "reference");
        Option<string> provider = new("--provider") { Description = "Where the model runs.", DefaultValueFactory = _ => new SessionSettings().Provider };
        provider.AcceptOnlyFromAmong("cpu", "cuda", "coreml", "auto");
        Command command = new("evaluate", Summary)
        {
            model, data, split, format, unit, tasks, baselines, against, priorSplit, json, markdown, panels, panelCount, panelDepth, limit, batchSize, edgeTolerance, preprocess, provider,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(GuardedCommand.Run("evaluate", "no report was written", parsed.InvocationConfiguration.Error, () => Run(
            new EvaluateOptions
            {
                Model = parsed.GetRequiredValue(model),
                Data = parsed.GetRequiredValue(data),
                Split = parsed.GetRequiredValue(split),
                Dataset = new DatasetOptions
                {
                    Format = parsed.GetValue(format) is { } layout ? Enum.Parse<DatasetFormat>(layout, ignoreCase: true) : null,
                    Tasks = parsed.GetValue(tasks)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                    NyudDepthUnit = parsed.GetValue(unit) == "mm" ? LengthUnit.Millimetres : LengthUnit.Metres,
                },
                Baselines = parsed.GetValue(baselines),
                Against = parsed.GetValue(against),
                PriorSplit = parsed.GetRequiredValue(priorSplit),
                Json = parsed.GetValue(json),
                Markdown = parsed.GetValue(markdown),
                Panels = parsed.GetValue(panels),
                PanelCount = Positive("--panel-count", parsed.GetValue(panelCount)),
                PanelDepth = Positive("--panel-depth", parsed.GetValue(panelDepth)),
                Limit = parsed.GetValue(limit) is { } most ? Positive("--limit", most) : null,
                BatchSize = Positive("--batch-size", parsed.GetValue(batchSize)),
                EdgeTolerance = parsed.GetValue(edgeTolerance) is { } share ? Positive("--edge-tolerance", share) : null,
                Preprocessing = parsed.GetValue(preprocess) == "reference" ? PreprocessMode.Reference : PreprocessMode.Clamp,
                Session = new SessionSettings { Provider = parsed.GetRequiredValue(provider) },
            },
            parsed.InvocationConfiguration,
            cancellation))));
        return command;
    }

    private static int Run(EvaluateOptions options, InvocationConfiguration console, CancellationToken cancellation)
    {
        EvaluationReport report = new EvaluateRun(options, console.Error, !Console.IsErrorRedirected, TimeProvider.System).Execute(cancellation);
        foreach (string warning in report.Warnings)
        {
            console.Error.WriteLine($"warning: {warning}");
        }

        EvaluateText.Write(report, console.Output);
        foreach (string path in new[] { options.Json, options.Markdown, options.Panels }.OfType<string>())
        {
            console.Output.WriteLine(path);
        }

        return 0;
    }

    private static T Positive<T>(string option, T value)
        where T : System.Numerics.INumber<T> =>
        value > T.Zero ? value : throw new EvaluateException($"{option}: expected a number above 0; found {value}.");
}
