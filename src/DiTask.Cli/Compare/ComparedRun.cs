using System.Text.Json;
using System.Text.Json.Serialization;
using DiTask.Model.Files;
using DiTask.Model.Training;

namespace DiTask.Cli.Compare;

/// <summary>What one run of a comparison gave.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Scores">Headline number of each task on the test pictures, from the folded model.</param>
/// <param name="Parameters">What was trained; of single-task networks, all of them together. Null of a predictor that looks at no picture.</param>
/// <param name="MillisecondsPerStep">Median over the steps; null where there are none.</param>
internal sealed record ComparedRun(string Row, long Seed, IReadOnlyDictionary<string, ComparedScore> Scores, ParameterReport? Parameters, double? MillisecondsPerStep)
{
    /// <summary>Name of the file in the run's folder.</summary>
    public const string FileName = "result.json";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static ComparedRun? Of(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<ComparedRun>(File.ReadAllBytes(path), Json) : null;
    }

    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, this, Json));
}
