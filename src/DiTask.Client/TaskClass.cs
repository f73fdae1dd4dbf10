namespace DiTask.Client;

/// <summary>A class of a label map.</summary>
/// <param name="Value">The label.</param>
/// <param name="Name">Its name.</param>
/// <param name="Color">Palette colour as #RRGGBB.</param>
/// <param name="Fraction">Share of the pixels; null in lists of tasks and without statistics.</param>
public sealed record TaskClass(int Value, string Name, string Color, double? Fraction = null);
