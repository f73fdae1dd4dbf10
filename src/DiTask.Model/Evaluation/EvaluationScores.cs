namespace DiTask.Model.Evaluation;

/// <summary>What an evaluation measured.</summary>
/// <param name="Images">Images seen.</param>
/// <param name="InputSize">Side of the square in pixels at which predictions and labels were compared; 0 of no image.</param>
/// <param name="ModelTime">Time the model took.</param>
/// <param name="Elapsed">Time of everything.</param>
/// <param name="Tasks">Task by task.</param>
public sealed record EvaluationScores(int Images, int InputSize, TimeSpan ModelTime, TimeSpan Elapsed, IReadOnlyList<TaskScores> Tasks)
{
    /// <summary>The headline numbers by wire name of the task.</summary>
    public IReadOnlyDictionary<string, MetricValue> Headlines => Tasks.ToDictionary(task => task.Task.Name, task => task.Headline);
}
