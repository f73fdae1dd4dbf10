namespace DiTask.Model.Training.Runs;

/// <summary>A state that a run can go on from.</summary>
/// <param name="Position">How far it is.</param>
/// <param name="TensorFile">Its tensors.</param>
internal sealed record SavedRun(RunPosition Position, string TensorFile);
