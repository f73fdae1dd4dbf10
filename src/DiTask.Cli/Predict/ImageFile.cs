namespace DiTask.Cli.Predict;

/// <summary>A photo to work on.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">What the names of its maps begin with; no two photos of a run share it.</param>
internal sealed record ImageFile(string Path, string Name);
