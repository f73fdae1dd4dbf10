using System.CommandLine;
using System.Globalization;
using DiTask.Model.Diagnosis;
using DiTask.Model.Diagnosis.Reports;
using DiTask.Model.Diagnosis.Signals;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask diagnose</c>: whether the tasks of a checkpoint help or hurt each other.</summary>
internal static class DiagnoseCommand
{
    private const string Summary = """
        Find out whether the tasks of a checkpoint help or hurt each other.

        Takes the tasks' gradients, looks one step ahead for each, trains each alone for a few steps, and judges by four signals whether to keep
        sharing the backbone: docs/diagnosis.md. Writes diagnosis.html, a page with nothing outside it, and diagnosis.json, the numbers behind it.
        The checkpoint itself is not changed.
        """;

    public static Command Create()
    {
        DiagnosisOptions defaults = new() { Checkpoint = "", Data = "" };
        Argument<string> checkpoint = new("CHECKPOINT") { Description = "A multi-task checkpoint: a whole model, .pth or .safetensors, or the adapter.safetensors of a run." };
        Option<string> data = new("--data") { Description = "A data set: a plain folder, PASCAL_MT or NYUD_MT.", Required = true, HelpName = "DIR" };
        Option<string> output = new("--out") { Description = "Folder for the report.", DefaultValueFactory = _ => "diagnosis", HelpName = "DIR" };
        Option<string> format = new("--format") { Description = "Layout of the data set.", DefaultValueFactory = _ => defaults.Format };
        format.AcceptOnlyFromAmong("auto", "plain", "pascal", "nyud");
        Option<string> train = new("--train-split") { Description = "Pictures that gradients are taken on.", DefaultValueFactory = _ => defaults.Train };
        Option<string> val = new("--val-split") { Description = "Pictures that scores are measured on.", DefaultValueFactory = _ => defaults.Val };
        Option<string?> tasks = new("--tasks") { Description = "Tasks, comma-separated. Default: all that the model has and the data set labels.", HelpName = "a,b" };
        Option<int> batches = new("--batches") { Description = "Batches for gradients and affinity; the first signal takes 20.", DefaultValueFactory = _ => defaults.Batches, HelpName = "N" };
        Option<int> batchSize = new("--batch-size") { Description = "Pictures per batch.", DefaultValueFactory = _ => defaults.BatchSize, HelpName = "N" };
        Option<int> steps = new("--steps") { Description = "Steps of each task's training alone.", DefaultValueFactory = _ => defaults.Steps, HelpName = "N" };
        Option<double?> rate = new("--rate") { Description = "Learning rate of those steps. Default: a tenth of that of the checkpoint's run.", HelpName = "X" };
        Option<double> lookahead = new("--lookahead-rate") { Description = "Length of the lookahead step over that of the gradient.", DefaultValueFactory = _ => defaults.LookaheadRate, HelpName = "X" };
        Option<int> pictures = new("--pictures") { Description = "Score on the first N pictures.", DefaultValueFactory = _ => defaults.Pictures, HelpName = "N" };
        Option<string?> earlier = new("--earlier") { Description = "An earlier checkpoint of the same run, for the second and third signal.", HelpName = "FILE" };
        Option<string[]> singles = new("--single") { Description = "A checkpoint of a network for one task alone, for the second signal; once per task.", HelpName = "TASK=FILE" };
        Option<string?> baselines = new("--baselines") { Description = "Single-task results, for the fourth signal and negative transfer.", HelpName = "FILE|paper" };
        Option<string?> backbone = new("--base") { Description = "What the run of an adapter.safetensors started from. Default: where its configuration says.", HelpName = "FILE" };
        Option<double?> budget = new("--budget") { Description = "Most GMAC of all groups' networks together.", HelpName = "X" };
        Option<int?> size = new("--image-size") { Description = "Side of the input. Default: the checkpoint's.", HelpName = "N" };
        Option<string?> warp = new("--warp") { Description = "What thetas do, where the file does not say: index, value or value-wide.", HelpName = "NAME" };
        Option<string> device = new("--device") { Description = "cpu, cuda, cuda:N or auto.", DefaultValueFactory = _ => defaults.Device };
        Option<long> seed = new("--seed") { Description = "Of the order of the pictures.", DefaultValueFactory = _ => defaults.Seed };
        Command command = new("diagnose", Summary)
        {
            checkpoint, data, output, format, train, val, tasks, batches, batchSize, steps, rate, lookahead, pictures, earlier, singles, baselines, backbone, budget, size, warp, device, seed,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(GuardedCommand.Run("diagnose", "no report was written", parsed.InvocationConfiguration.Error, () => Run(
            new DiagnosisOptions
            {
                Checkpoint = parsed.GetRequiredValue(checkpoint),
                Data = parsed.GetRequiredValue(data),
                Format = parsed.GetRequiredValue(format),
                Train = parsed.GetRequiredValue(train),
                Val = parsed.GetRequiredValue(val),
                Tasks = parsed.GetValue(tasks)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
                Batches = AtLeast("--batches", parsed.GetValue(batches), 1),
                BatchSize = AtLeast("--batch-size", parsed.GetValue(batchSize), 1),
                Steps = AtLeast("--steps", parsed.GetValue(steps), 1),
                Rate = parsed.GetValue(rate) is { } given ? AtLeast("--rate", given, 0) : null,
                LookaheadRate = AtLeast("--lookahead-rate", parsed.GetValue(lookahead), 0),
                Pictures = AtLeast("--pictures", parsed.GetValue(pictures), 1),
                Earlier = parsed.GetValue(earlier),
                Singles = Singles(parsed.GetValue(singles) ?? []),
                Baselines = parsed.GetValue(baselines),
                Base = parsed.GetValue(backbone),
                Budget = parsed.GetValue(budget),
                ImageSize = parsed.GetValue(size),
                Warp = parsed.GetValue(warp),
                Device = parsed.GetRequiredValue(device),
                Seed = parsed.GetValue(seed),
            },
            parsed.GetRequiredValue(output),
            parsed.InvocationConfiguration,
            cancellation))));
        return command;
    }

    private static int Run(DiagnosisOptions options, string output, InvocationConfiguration console, CancellationToken cancellation)
    {
        DiagnosisReport report = new Diagnoser(options, line => console.Error.WriteLine($"ditask diagnose: {line}"), TimeProvider.System).Run(cancellation);
        ReportFiles.Write(report, output);
        foreach (string note in report.Notes)
        {
            console.Error.WriteLine($"note: {note}");
        }

        Print(report, console.Output);
        console.Output.WriteLine(Path.Combine(output, ReportFiles.Html));
        console.Output.WriteLine(Path.Combine(output, ReportFiles.Json));
        return 0;
    }

    /// <summary>The verdict and its reasons; with the configurations to run when that is to split.</summary>
    internal static void Print(DiagnosisReport report, TextWriter text)
    {
        text.WriteLine($"{report.Verdict.Headline}. {report.Verdict.Text}");
        for (int index = 0; index < report.Signals.Count; index++)
        {
            Signal signal = report.Signals[index];
            text.WriteLine($"  {index + 1} {signal.Name}, {Word(signal.State)}: {signal.Text}");
        }

        text.WriteLine($"Stages: {report.Split.Text}");
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Grouping by affinity: {string.Join(" | ", report.Grouping.Groups.Select(group => string.Join(" + ", group)))} (affinity {report.Grouping.Affinity:0.0000}, all together {report.Grouping.Together:0.0000}, {report.Grouping.GigaMacs:0.00} GMAC)"));
        if (report.Verdict.Advice == Verdict.Split)
        {
            report.Configs.ToList().ForEach(config => text.WriteLine($"# {config.Name}\n{config.Yaml}"));
        }
    }

    private static string Word(SignalState state) => state switch
    {
        SignalState.Present => "present",
        SignalState.Absent => "absent",
        _ => "not judged",
    };

    private static T AtLeast<T>(string option, T value, T least)
        where T : System.Numerics.INumber<T> =>
        value >= least ? value : throw new DiagnosisException($"{option}: expected {least} or more; found {value}.");

    private static Dictionary<string, string> Singles(string[] given)
    {
        Dictionary<string, string> files = [];
        foreach (string single in given)
        {
            if (single.Split('=', 2) is not [{ Length: > 0 } task, { Length: > 0 } file] || !files.TryAdd(task, file))
            {
                throw new DiagnosisException($"--single: expected TASK=FILE, each task once; found '{single}'.");
            }
        }

        return files;
    }
}
