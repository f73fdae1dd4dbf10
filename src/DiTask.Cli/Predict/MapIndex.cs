using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DiTask.Model.Files;

namespace DiTask.Cli.Predict;

/// <summary><c>predictions.json</c>: what every written map means, and which photos failed.</summary>
internal sealed record MapIndex(string Model, string Version, string? Notice, IReadOnlyList<PhotoEntry> Images)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "predictions.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, this, Json));
}

/// <summary>One photo: its maps by task, or why it has none.</summary>
internal sealed record PhotoEntry(string File, int? Width, int? Height, IReadOnlyDictionary<string, MapEntry>? Maps, string? Error);

/// <summary>One written map; a sample p means offset + scale * p.</summary>
internal sealed record MapEntry(
    string File, string Kind, string Dtype, int Width, int Height, double? Scale, double? Offset, string? Unit, double? Min, double? Mean, double? Max,
    IReadOnlyDictionary<string, double>? Fractions);
