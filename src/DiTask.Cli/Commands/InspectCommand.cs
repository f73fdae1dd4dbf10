using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DiTask.Model.Checkpoints;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask inspect FILE</c>: what a checkpoint is, without folding it.</summary>
internal static class InspectCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Default,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A checkpoint: .pth (zip or legacy) or .safetensors." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of text." };
        var imageSize = new Option<int?>("--image-size") { Description = "Side of the input in pixels, to check it against the windows. Default: the checkpoint's." };
        var command = new Command("inspect", "Show what a checkpoint is: architecture, tasks, tessellations, parameters, oddities.") { file, json, imageSize };
        command.SetAction(parsed =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            return Run(parsed.GetRequiredValue(file), parsed.GetValue(json), parsed.GetValue(imageSize), output, parsed.InvocationConfiguration.Error);
        });
        return command;
    }

    private static int Run(string path, bool json, int? imageSize, TextWriter output, TextWriter error)
    {
        try
        {
            using CheckpointFile file = CheckpointFile.Open(path);
            CheckpointReport report = CheckpointReport.Of(file, imageSize);
            if (json)
            {
                output.WriteLine(JsonSerializer.Serialize(report, Json));
            }
            else
            {
                InspectText.Write(report, output);
            }

            if (!report.Usable)
            {
                error.WriteLine($"ditask: {TerminalText.Clean(Path.GetFileName(path))} cannot be folded: {TerminalText.Clean(report.Problems[0])}{(report.Problems.Count > 1 ? $" (and {report.Problems.Count - 1} more)" : "")}");
            }

            return report.Usable ? 0 : 1;
        }
        catch (CheckpointException unreadable)
        {
            error.WriteLine("ditask: " + unreadable.Message);
            return 1;
        }
    }
}
