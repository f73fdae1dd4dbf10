namespace DiTask.Model.Networks;

/// <summary>Which layers of a stage's last block belong to each task, and what they read.</summary>
/// <param name="TaskProj">The attention projection is the task's own.</param>
/// <param name="TaskFc1">The first MLP layer is the task's own.</param>
/// <param name="TaskFc2">The second MLP layer is the task's own; without it a task takes the shared stage output.</param>
/// <param name="Taps">Features that the branches read.</param>
internal sealed record StagePlan(bool TaskProj, bool TaskFc1, bool TaskFc2, IReadOnlyList<TapKind> Taps);
