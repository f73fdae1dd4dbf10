namespace DiTask.Api.Tests.Fuzz;

/// <summary>A request made from a seed.</summary>
/// <param name="Address">Where it goes.</param>
/// <param name="Body">Its body.</param>
/// <param name="ContentType">Its declared type; null for none.</param>
internal sealed record FuzzCase(string Address, byte[] Body, string? ContentType)
{
    /// <summary>Further headers.</summary>
    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>Statuses that are documented for requests like this one.</summary>
    public required int[] Expected { get; init; }
}
