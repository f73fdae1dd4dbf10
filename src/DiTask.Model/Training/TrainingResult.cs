namespace DiTask.Model.Training;

/// <summary>What a run gave.</summary>
/// <param name="Folder">The run.</param>
/// <param name="Last">Folder of the model at the end.</param>
/// <param name="Best">Folder of the model with the best score; the last one when nothing was evaluated.</param>
/// <param name="Validation">The last evaluation of this process; null without.</param>
public sealed record TrainingResult(string Folder, string Last, string Best, ValidationReport? Validation);
