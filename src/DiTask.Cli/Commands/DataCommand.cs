using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DiTask.Model.Data.Checks;
using DiTask.Model.Data.Folders;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask data</c>: what is in a folder of labelled pictures, before anybody trains on it.</summary>
internal static class DataCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Default,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create() => new("data", "Look at a data set.") { Check(), DataPreviewCommand.Create() };

    private static Command Check()
    {
        Argument<string> folder = new("DIR") { Description = "A data set: a plain folder (docs/data.md), PASCAL_MT or NYUD_MT." };
        Option<string?> format = new("--format") { Description = "Layout of the folder: plain, pascal or nyud. Default: recognised." };
        format.AcceptOnlyFromAmong("plain", "pascal", "nyud");
        Option<string?> tasks = new("--tasks") { Description = "Tasks to check, comma-separated. Default: all that the folder has.", HelpName = "a,b" };
        Option<string> unit = new("--depth-unit") { Description = "Unit of NYUD depth files: m or mm.", DefaultValueFactory = _ => "m" };
        unit.AcceptOnlyFromAmong("m", "mm");
        Option<bool> json = new("--json") { Description = "Print one JSON object, with every problem, instead of text." };
        Command command = new("check", "Read every file of a data set and report all that is wrong with it. Exit code 1 when there are errors.")
        {
            folder, format, tasks, unit, json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Check(
            parsed.GetRequiredValue(folder),
            new DatasetOptions
            {
                Format = parsed.GetValue(format) is { } layout ? Enum.Parse<DatasetFormat>(layout, ignoreCase: true) : null,
                Tasks = parsed.GetValue(tasks)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                NyudDepthUnit = parsed.GetValue(unit) == "mm" ? LengthUnit.Millimetres : LengthUnit.Metres,
            },
            parsed.GetValue(json),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellation)));
        return command;
    }

    private static int Check(string folder, DatasetOptions options, bool json, TextWriter output, TextWriter error, CancellationToken cancellation) => GuardedCommand.Run("data check", "nothing was written", error, () =>
    {
        DatasetReport report = DatasetCheck.Run(folder, options, Progress(error), cancellation);
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(report, Json));
        }
        else
        {
            DataText.Write(report, output);
        }

        return report.Usable ? 0 : 1;
    });

    // Only for people who wait: a log of a pipeline needs no counter.
    private static Action<int, int>? Progress(TextWriter error) => Console.IsErrorRedirected ? null : (done, all) =>
    {
        if (done % 50 == 0 || done == all)
        {
            error.Write(done == all ? "\r\u001b[K" : $"\r{done} of {all} pictures");
        }
    };
}
