namespace DiTask.Api.Models.Contract;

/// <summary>A class of a label map.</summary>
/// <param name="Value">The label.</param>
/// <param name="Name">Its name.</param>
/// <param name="Color">Palette colour as #RRGGBB.</param>
/// <param name="Fraction">Share of the pixels; absent with stats=false and in lists of tasks.</param>
internal sealed record ClassAnswer(int Value, string Name, string Color, double? Fraction);
