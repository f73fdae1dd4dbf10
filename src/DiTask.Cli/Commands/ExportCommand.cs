using System.CommandLine;
using DiTask.Model.Artifacts;
using DiTask.Model.Folding;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask export</c>: one task of a folded model as a single file for any ONNX runtime.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "A folded model." };
        Option<string> task = new("--task") { Description = "Task to export.", Required = true };
        Option<string> output = new("--out") { Description = "File to write; replaced when it exists.", Required = true, HelpName = "FILE.onnx" };
        Command command = new("export", "Write one task as a stand-alone ONNX file: image in, full-size logits out.") { folder, task, output };
        command.SetAction(parsed => GuardedCommand.Run("export", "nothing was written", parsed.InvocationConfiguration.Error, () =>
            Run(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(task), parsed.GetRequiredValue(output), parsed.InvocationConfiguration.Output)));
        return command;
    }

    private static int Run(string folder, string task, string output, TextWriter console)
    {
        ModelFolder model = ModelFolder.Open(folder);
        StandaloneExport.Write(model, task, output);
        int size = model.Manifest.Input.Size;
        console.WriteLine($"{output}: image [batch,3,{size},{size}] float32 normalised -> {task}, {new FileInfo(output).Length / 1e6:F1} MB");
        return 0;
    }
}
