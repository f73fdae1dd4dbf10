using DiTask.Model.Inference;

namespace DiTask.Api.Models;

/// <summary>Logits of one image: per task, the batch's logits and this image's entry in them.</summary>
/// <param name="Tasks">By task.</param>
/// <param name="Run">The same object for every image of a run: what each of them cost.</param>
internal sealed record ModelOutput(IReadOnlyDictionary<string, (TaskLogits Logits, int Entry)> Tasks, RunShare Run);
