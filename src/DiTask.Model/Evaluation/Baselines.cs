using System.Text.Json;
using DiTask.Model.Files;

namespace DiTask.Model.Evaluation;

/// <summary>Single-task numbers that Delta-m is measured against.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Protocol">Protocol of the numbers; those of another do not compare.</param>
/// <param name="Tasks">By wire name.</param>
public sealed record Baselines(string Name, string Protocol, IReadOnlyDictionary<string, Baseline> Tasks)
{
    /// <summary>Name that stands for <see cref="Paper"/> on a command line.</summary>
    public const string PaperName = "paper";

    /// <summary>Four fully fine-tuned Swin-Tiny on PASCAL-Context, as MTLoRA and DiTASK publish them; one seed, normals as mean angle.</summary>
    public static Baselines Paper { get; } = new("published single-task Swin-T, PASCAL-Context", Evaluator.Protocol, new Dictionary<string, Baseline>
    {
        ["semseg"] = new("semseg.miou", [67.21], 21),
        ["human_parts"] = new("human_parts.miou", [61.93], 7),
        ["sal"] = new("sal.miou", [62.35]),
        ["normals"] = new("normals.mean", [17.97]),
    });

    /// <summary>Writes the file that <see cref="Open"/> reads.</summary>
    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, EvaluationJson.Default.Baselines));

    /// <summary>The published numbers for <c>paper</c>, those of a JSON file otherwise.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON of this layout, or a number cannot be a baseline.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Baselines Open(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (nameOrPath == PaperName)
        {
            return Paper;
        }

        try
        {
            Baselines read = JsonSerializer.Deserialize(File.ReadAllBytes(nameOrPath), EvaluationJson.Default.Baselines)
                ?? throw new JsonException("It is null.");
            foreach ((string task, Baseline baseline) in read.Tasks)
            {
                if (baseline.Values.Count == 0 || baseline.Values.Any(value => !double.IsFinite(value) || value <= 0))
                {
                    throw new InvalidDataException(
                        $"Baselines '{nameOrPath}', task '{task}': expected one positive number per seed; found [{string.Join(", ", baseline.Values)}].");
                }
            }

            return read;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Baselines '{nameOrPath}' cannot be read: {error.Message}", error);
        }
    }
}
