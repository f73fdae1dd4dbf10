using DiTask.Model.Artifacts;

namespace DiTask.Model.Folding;

/// <summary>What folding made.</summary>
/// <param name="Folder">The model; null when verification failed and nothing was published.</param>
/// <param name="Deviations">Result of the verification; empty when it was not asked for.</param>
/// <param name="Warnings">What the user should know: unused keys, weights that are not unique.</param>
public sealed record FoldResult(ModelFolder? Folder, IReadOnlyList<TaskDeviation> Deviations, IReadOnlyList<string> Warnings);
