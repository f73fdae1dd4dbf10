namespace DiTask.Model.Training.Runs;

/// <summary>What one batch did.</summary>
/// <param name="Losses">Raw losses.</param>
/// <param name="Weights">What the balancing method multiplied each by.</param>
/// <param name="Total">Weighted losses and penalties.</param>
/// <param name="LearningRate">Of the update that it belongs to.</param>
/// <param name="GradientNorm">Before clipping; not a number when no update was due.</param>
/// <param name="Updated">Whether the parameters were changed.</param>
internal sealed record StepOutcome(
    IReadOnlyDictionary<string, double> Losses, IReadOnlyDictionary<string, double> Weights, double Total, double LearningRate, double GradientNorm, bool Updated);
