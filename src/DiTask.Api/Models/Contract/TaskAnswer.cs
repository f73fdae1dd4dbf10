namespace DiTask.Api.Models.Contract;

/// <summary>One task of the served model.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Kind">labels, scalar or vector.</param>
/// <param name="Channels">Channels of the logits.</param>
/// <param name="Classes">Classes of a label task with their palette; absent otherwise.</param>
/// <param name="Unit">Unit of the values; absent where they have none.</param>
/// <param name="Frame">Frame of a vector; absent otherwise.</param>
/// <param name="Encoding">Default form of a map: png/uint8, png/uint16.</param>
internal sealed record TaskAnswer(
    string Name, string Kind, int Channels, IReadOnlyList<ClassAnswer>? Classes, string? Unit, string? Frame, string Encoding);
