namespace DiTask.Client;

/// <summary>A task of the served model.</summary>
/// <param name="Name">Name to ask for it by.</param>
/// <param name="Kind">What a pixel of its map means.</param>
/// <param name="Channels">Channels of the logits.</param>
/// <param name="Classes">Classes of a label task; null otherwise.</param>
/// <param name="Unit">Unit of the values; null where they have none.</param>
/// <param name="Frame">Frame of a vector; null otherwise.</param>
/// <param name="Encoding">Default form of a map: png/uint8, png/uint16.</param>
public sealed record TaskDescription(
    string Name, MapKind Kind, int Channels, IReadOnlyList<TaskClass>? Classes, string? Unit, string? Frame, string Encoding);
