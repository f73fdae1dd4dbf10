using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation.Panels;

/// <summary>One task of one picture, to be drawn.</summary>
/// <param name="Task">The task.</param>
/// <param name="Label">[c, S, S].</param>
/// <param name="Logits">Of the model: [task.Channels, S, S].</param>
/// <param name="BaselineLogits">Of a second model; null without one.</param>
public sealed record PanelTask(TaskInfo Task, float[] Label, float[] Logits, float[]? BaselineLogits = null);
