using DiTask.Model.Artifacts;
using DiTask.Model.Data;
using DiTask.Model.Inference;
using DiTask.Model.Vision;

namespace DiTask.Model.Evaluation;

/// <summary>A folded model as what <see cref="Evaluator"/> asks: batches in, logits at the size of the pictures out.</summary>
/// <param name="session">The model; stays open.</param>
/// <param name="tasks">Tasks to run.</param>
public sealed class FoldedPredictor(MultiTaskSession session, IReadOnlyList<TaskSpec> tasks)
{
    private readonly int size = session.Manifest.Input.Size;
    private readonly LogitsResizer[] resizers =
        [.. tasks.Select(task => new LogitsResizer(task.LogitsHeight, task.LogitsWidth, session.Manifest.Input.Size, session.Manifest.Input.Size))];

    private Dictionary<string, float[]> logits = [];

    /// <summary>Logits of a batch, [B, c, S, S] by wire name. The next call may overwrite them.</summary>
    /// <exception cref="ArgumentException">Pictures of another size than the model's.</exception>
    public IReadOnlyDictionary<string, float[]> Predict(Batch batch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        IReadOnlyDictionary<string, TaskLogits> small = session.RunAll(batch.Images, batch.Count, tasks, cancellation);
        Prepare(batch.Count);
        Parallel.For(0, batch.Count * tasks.Count, i =>
        {
            int image = i / tasks.Count, task = i % tasks.Count;
            string name = tasks[task].Info.Name;
            int length = LengthOf(tasks[task]);
            resizers[task].Resize(small[name].Entry(image), logits[name].AsSpan(image * length, length));
        });
        return logits;
    }

    // 21 classes at 448 x 448 are 17 MB per image: made anew they would be most of what the collector has to do.
    private void Prepare(int count)
    {
        if (logits.Count != tasks.Count || tasks.Any(task => logits[task.Info.Name].Length != count * LengthOf(task)))
        {
            logits = tasks.ToDictionary(task => task.Info.Name, task => new float[count * LengthOf(task)]);
        }
    }

    private int LengthOf(TaskSpec task) => task.Info.Channels * size * size;
}
