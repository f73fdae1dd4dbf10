using DiTask.Model.Inference;

namespace DiTask.Api.Models;

/// <summary>Logits of the tasks asked for; see <see cref="MultiTaskSession"/>.</summary>
internal delegate IReadOnlyDictionary<string, TaskLogits> RunModel(
    Memory<float> images, int count, IReadOnlyDictionary<string, IReadOnlyList<int>> rows, RunTimings timings, CancellationToken cancellation);
