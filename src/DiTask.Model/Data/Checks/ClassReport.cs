namespace DiTask.Model.Data.Checks;

/// <summary>How often a class occurs.</summary>
/// <param name="Value">Its label.</param>
/// <param name="Name">Its name.</param>
/// <param name="Share">Of the known pixels.</param>
/// <param name="Pictures">Pictures that show it.</param>
internal sealed record ClassReport(int Value, string Name, double Share, int Pictures);
