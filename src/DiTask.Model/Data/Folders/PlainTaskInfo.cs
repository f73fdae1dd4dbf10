using System.Text.Json.Serialization;

namespace DiTask.Model.Data.Folders;

/// <summary>What dataset.json says of one task.</summary>
public sealed record PlainTaskInfo
{
    /// <summary>Classes in label order; null: those of the catalogue, which only human_parts has.</summary>
    [JsonConverter(typeof(PlainClassesConverter))]
    public IReadOnlyList<PlainClass>? Classes { get; init; }

    /// <summary>Unit of npy depth files. Default metres.</summary>
    public LengthUnit? Unit { get; init; }

    /// <summary>Metres of one step of a depth PNG. Default 0.001.</summary>
    public double? PngScale { get; init; }
}
