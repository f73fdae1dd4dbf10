using System.Text.Json.Serialization;

namespace DiTask.Model.Data.Folders;

/// <summary>Unit of the numbers in a depth file.</summary>
public enum LengthUnit
{
    /// <summary>Metres.</summary>
    [JsonStringEnumMemberName("m")]
    Metres,

    /// <summary>Thousandths of a metre.</summary>
    [JsonStringEnumMemberName("mm")]
    Millimetres,
}
