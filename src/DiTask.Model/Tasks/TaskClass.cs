namespace DiTask.Model.Tasks;

/// <summary>A class of a label task.</summary>
/// <param name="Value">The label in the map.</param>
/// <param name="Name">The data set's name of the class.</param>
/// <param name="Color">Palette colour as #RRGGBB.</param>
public sealed record TaskClass(int Value, string Name, string Color);
