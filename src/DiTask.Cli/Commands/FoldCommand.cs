using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DiTask.Cli.Train;
using DiTask.Model.Checkpoints;
using DiTask.Model.Folding;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask fold</c>: a checkpoint becomes a folder of ONNX graphs.</summary>
internal static class FoldCommand
{
    public static Command Create()
    {
        Argument<string> checkpoint = new("CHECKPOINT") { Description = "A .pth or .safetensors file of a DiTASK model, or the adapter.safetensors of a run." };
        Option<string?> backbone = new("--base") { Description = "For an adapter.safetensors of 'train': the checkpoint that its run started from.", HelpName = "FILE" };
        Option<string> output = new("--out") { Description = "Folder to make.", Required = true, HelpName = "DIR" };
        Option<string> name = new("--name") { Description = "Name of the model.", DefaultValueFactory = _ => "ditask" };
        Option<string> version = new("--version") { Description = "Version of the model.", DefaultValueFactory = _ => "1" };
        Option<string?> notice = new("--notice") { Description = "What users must know of this model; shown with every answer.", HelpName = "TEXT" };
        Option<string?> tasks = new("--tasks") { Description = "Tasks to fold, comma-separated. Default: all of the checkpoint.", HelpName = "a,b" };
        Option<int?> imageSize = new("--image-size") { Description = "Side of the input in pixels. Default: the checkpoint's own.", HelpName = "S" };
        Option<string?> warp = new("--warp") { Description = "What a theta does to a spectrum: index (the authors' code), value or value-wide (the paper's text). Default: what the checkpoint says, else index." };
        warp.AcceptOnlyFromAmong("index", "value", "value-wide");
        Option<bool> verify = new("--verify") { Description = "Compare the graphs with the unfolded network before the folder gets its name. On by default; --verify false leaves it out.", DefaultValueFactory = _ => true };
        Option<bool> force = new("--force") { Description = "Replace a model that is already in DIR." };
        Command command = new("fold", "Fold a checkpoint into ONNX graphs: one trunk, one branch per task.")
        {
            checkpoint, backbone, output, name, version, notice, tasks, imageSize, warp, verify, force,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(GuardedCommand.Run("fold", "nothing was written", parsed.InvocationConfiguration.Error, () => Run(
            new FoldOptions
            {
                Checkpoint = parsed.GetRequiredValue(checkpoint),
                Output = parsed.GetRequiredValue(output),
                Name = parsed.GetRequiredValue(name),
                Version = parsed.GetRequiredValue(version),
                Notice = parsed.GetValue(notice),
                Tasks = parsed.GetValue(tasks)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                ImageSize = parsed.GetValue(imageSize),
                Warp = parsed.GetValue(warp),
                Verify = parsed.GetValue(verify),
                Replace = parsed.GetValue(force),
            },
            parsed.GetValue(backbone),
            cancellation))));
        return command;
    }

    private static int Run(FoldOptions options, string? backbone, CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using JoinedCheckpoint joined = new(options.Checkpoint, backbone);
        FoldResult result = Fold.Run(options with { Checkpoint = joined.Path }, step => Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds,6:F1} s  {step}"), cancellation);
        Print(result);
        if (result.Folder is null)
        {
            Console.Error.WriteLine("ditask fold: the graphs differ from the checkpoint by more than the tolerance; nothing was written.");
            return 1;
        }

        long checkpointBytes = new FileInfo(options.Checkpoint).Length;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Output}: {result.Folder.Manifest.Tasks.Count} tasks, {result.Folder.Bytes / 1e6:F1} MB (checkpoint {checkpointBytes / 1e6:F1} MB), {watch.Elapsed.TotalSeconds:F1} s"));
        return 0;
    }

    private static void Print(FoldResult result)
    {
        foreach (string warning in result.Warnings)
        {
            Console.Error.WriteLine($"warning: {warning}");
        }

        foreach (TaskDeviation task in result.Deviations)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{task.Task,-12} max |difference| {task.MaxAbsolute:E2}, relative {task.Relative:E2}, accepted {task.Tolerance:E2}  {(task.Accepted ? "ok" : "TOO LARGE")}"));
        }
    }
}
