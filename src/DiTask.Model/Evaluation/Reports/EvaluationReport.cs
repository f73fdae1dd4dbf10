using System.Text;
using System.Text.Json;
using DiTask.Model.Files;

namespace DiTask.Model.Evaluation.Reports;

/// <summary>An evaluation on paper: what was measured of what, on what, how.</summary>
public sealed record EvaluationReport
{
    /// <summary>Version of this layout: 1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Tool and version that measured: <c>ditask 0.1.0</c>.</summary>
    public required string Tool { get; init; }

    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>How predictions and labels were compared; numbers of two protocols do not compare.</summary>
    public required string Protocol { get; init; }

    /// <summary>Side of the square at which they were compared.</summary>
    public required int InputSize { get; init; }

    /// <summary>How far an edge may lie from the labelled one, as a share of the diagonal.</summary>
    public required double EdgeTolerance { get; init; }

    /// <summary>The data.</summary>
    public required ReportDataset Dataset { get; init; }

    /// <summary>The model.</summary>
    public required ReportRun Run { get; init; }

    /// <summary>A second model on the same data; null when there was none.</summary>
    public ReportRun? Against { get; init; }

    /// <summary>How long it took.</summary>
    public required ReportSpeed Speed { get; init; }

    /// <summary>What a reader must know before using the numbers.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Writes the report for machines. Numbers that could not be measured are "NaN".</summary>
    public void WriteJson(string path) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, EvaluationJson.Default.EvaluationReport));

    /// <summary>Writes the report for people.</summary>
    public void WriteMarkdown(string path) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(MarkdownReport.Of(this))));

    /// <summary>Reads what <see cref="WriteJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not JSON of this layout.</exception>
    public static EvaluationReport Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), EvaluationJson.Default.EvaluationReport) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Report '{path}' cannot be read: {error.Message}", error);
        }
    }
}
