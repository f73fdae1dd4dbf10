namespace DiTask.Model.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Images">Images done.</param>
/// <param name="ModelTime">Time the model took for them.</param>
/// <param name="Elapsed">Time since the start, reading and measuring included.</param>
public sealed record EvaluationProgress(int Images, TimeSpan ModelTime, TimeSpan Elapsed);
