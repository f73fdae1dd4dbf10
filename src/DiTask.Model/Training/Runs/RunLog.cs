using System.Globalization;
using System.Text.Json;
using DiTask.Model.Files;

namespace DiTask.Model.Training.Runs;

/// <summary>
/// The run as files: <c>log.jsonl</c> with one object per start, update, evaluation and notice, <c>steps.csv</c> with one line per update. A resumed run first cuts off what was
/// written after its checkpoint, so that steps rise and none is there twice.
/// </summary>
internal sealed class RunLog : IRunObserver, IDisposable
{
    /// <summary>Name of the file with everything, an object per line.</summary>
    public const string FileName = "log.jsonl";

    /// <summary>Name of the file with a line per update.</summary>
    public const string TableName = "steps.csv";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly StreamWriter lines;
    private readonly StreamWriter table;
    private readonly IReadOnlyList<string> tasks;

    /// <param name="folder">The run.</param>
    /// <param name="tasks">Wire names in order.</param>
    /// <param name="position">Where the run goes on; lines of what comes after it go.</param>
    public RunLog(RunFolder folder, IReadOnlyList<string> tasks, RunPosition position)
    {
        this.tasks = tasks;
        string jsonl = folder.Log(FileName);
        string csv = folder.Log(TableName);
        Keep(jsonl, line => IsBefore(line, position));
        string header = $"step,update,epoch,total,{string.Join(',', tasks)},learning_rate,gradient_norm,images_per_second";
        Keep(csv, line => line == header || (long.TryParse(line.Split(',')[0], CultureInfo.InvariantCulture, out long step) && step <= position.Step));
        bool isNew = !File.Exists(csv) || new FileInfo(csv).Length == 0;
        lines = new StreamWriter(jsonl, append: true) { AutoFlush = true };
        table = new StreamWriter(csv, append: true) { AutoFlush = true };
        if (isNew)
        {
            table.Write(header + "\n");
        }
    }

    /// <summary>Says what begins or goes on here, after which step, and on what.</summary>
    public void Started(RunPosition position, RunMachine machine) => Write(new
    {
        kind = "start",
        position.Step,
        time = DateTimeOffset.UtcNow,
        MadeBy.Tool,
        MadeBy.Commit,
        machine,
    });

    /// <inheritdoc/>
    public void Notice(string text) => Write(new { kind = "notice", text });

    /// <inheritdoc/>
    public void Stepped(StepReport report)
    {
        Write(new
        {
            kind = "step",
            report.Step,
            report.Update,
            report.Epoch,
            report.Total,
            report.Losses,
            report.Weights,
            report.LearningRate,
            report.GradientNorm,
            report.ImagesPerSecond,
        });
        table.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Step},{report.Update},{report.Epoch:F4},{report.Total:R},{string.Join(',', tasks.Select(task => report.Losses[task].ToString("R", CultureInfo.InvariantCulture)))},{report.LearningRate:R},{report.GradientNorm:R},{report.ImagesPerSecond:F2}\n"));
    }

    /// <inheritdoc/>
    public void Validated(ValidationReport report) => Write(new
    {
        kind = "validation",
        report.Step,
        report.Epoch,
        report.Score,
        report.IsBest,
        report.Losses,
        metrics = report.Scores.SelectMany(task => task.Metrics).ToDictionary(metric => metric.Name, metric => metric.Value),
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lines.Dispose();
        table.Dispose();
    }

    private void Write<T>(T entry) => lines.Write(JsonSerializer.Serialize(entry, Json) + "\n");

    // An evaluation belongs to the end of its epoch, which has the step of the last batch.
    private static bool IsBefore(string line, RunPosition position)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && Number("step") <= position.Step
                && (Text("kind") != "validation" || Number("epoch") <= position.Epoch);

            double Number(string name) => document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;

            string? Text(string name) => document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Keep(string file, Func<string, bool> isKept)
    {
        if (!File.Exists(file))
        {
            return;
        }

        // The last line may have been cut by the end of the process; what is left of it could still be read as a smaller step.
        string[] kept = [.. File.ReadAllText(file).Split('\n')[..^1].Where(isKept)];
        AtomicFile.Write(file, stream =>
        {
            using StreamWriter writer = new(stream, leaveOpen: true);
            foreach (string line in kept)
            {
                writer.Write(line + "\n");
            }
        });
    }
}
