using System.Diagnostics;
using DiTask.Model.Data;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation;

/// <summary>Runs a model over labelled batches and measures it.</summary>
/// <remarks>
/// Protocol <c>mtlora</c>: predictions and labels are compared at the model's input size, to which the batch has brought the labels (nearest;
/// normals cubic and renormalised). Numbers of models that are scored at the pictures' own size do not compare.
/// </remarks>
/// <param name="tasks">What to measure.</param>
/// <param name="options">What the metrics leave open.</param>
public sealed class Evaluator(IReadOnlyList<TaskInfo> tasks, EvaluationOptions? options = null)
{
    /// <summary>Name of the protocol.</summary>
    public const string Protocol = "mtlora";

    /// <summary>Measures all batches.</summary>
    /// <param name="batches">Examples of one size.</param>
    /// <param name="predict">A batch to logits by wire name, [B, c, S, S] at the size of the pictures. It may reuse the arrays in its next call.</param>
    /// <param name="progress">Called after each batch.</param>
    /// <param name="observe">Called with each batch and its logits, outside the times that are reported.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ArgumentException">Batches of different sizes, or logits that are missing or of another size.</exception>
    /// <exception cref="DatasetException">A picture or label cannot be read, or cannot be one of its task's.</exception>
    public EvaluationScores Run(
        IEnumerable<Batch> batches,
        Func<Batch, IReadOnlyDictionary<string, float[]>> predict,
        Action<EvaluationProgress>? progress = null,
        Action<Batch, IReadOnlyDictionary<string, float[]>>? observe = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(predict);
        MultiTaskMeter meter = new(tasks, options);
        Stopwatch whole = Stopwatch.StartNew();
        Stopwatch model = new();
        int size = 0;
        foreach (Batch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            int side = MultiTaskMeter.SideOf(batch);
            if (size != 0 && side != size)
            {
                throw new ArgumentException($"Expected pictures of side {size} as in the first batch; found {side}.", nameof(batches));
            }

            size = side;
            model.Start();
            IReadOnlyDictionary<string, float[]> logits = predict(batch);
            model.Stop();
            meter.Add(batch, logits);
            progress?.Invoke(new EvaluationProgress(meter.Images, model.Elapsed, whole.Elapsed));
            whole.Stop();
            observe?.Invoke(batch, logits);
            whole.Start();
        }

        return new EvaluationScores(meter.Images, size, model.Elapsed, whole.Elapsed, meter.Scores());
    }
}
