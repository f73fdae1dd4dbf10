namespace DiTask.Model.Data.Checks;

/// <summary>One list of pictures.</summary>
/// <param name="Name">train, val.</param>
/// <param name="Pictures">Names in it.</param>
internal sealed record SplitReport(string Name, int Pictures);
