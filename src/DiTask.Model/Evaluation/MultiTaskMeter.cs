using System.Runtime.ExceptionServices;
using DiTask.Model.Data;
using DiTask.Model.Evaluation.Meters;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation;

/// <summary>Measures several tasks at once.</summary>
/// <remarks>
/// Every image is measured by itself, by as many threads as there are, and merged in the order of the batch: the numbers are the same, to the
/// last digit, for any number of threads and any division into batches.
/// </remarks>
public sealed class MultiTaskMeter
{
    private readonly EvaluationOptions options;
    private readonly TaskMeter[] meters;

    /// <summary>A meter that has seen nothing.</summary>
    /// <exception cref="ArgumentException">A task without a metric.</exception>
    public MultiTaskMeter(IReadOnlyList<TaskInfo> tasks, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        this.options = options ?? new EvaluationOptions();
        meters = [.. tasks.Select(task => TaskMeter.Of(task, this.options))];
    }

    /// <summary>Images seen.</summary>
    public int Images { get; private set; }

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">The examples. A task whose labels are missing is not known anywhere in it.</param>
    /// <param name="logits">By wire name: [B, c, S, S], at the size of the labels, for every task of this meter.</param>
    /// <exception cref="ArgumentException">Logits or labels are missing or of another size.</exception>
    /// <exception cref="DatasetException">A label cannot be one of its task's.</exception>
    public void Add(Batch batch, IReadOnlyDictionary<string, float[]> logits)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(logits);
        int side = SideOf(batch);
        TaskMeter[] parts = new TaskMeter[batch.Count * meters.Length];
        try
        {
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads == 0 ? -1 : options.Threads };
            Parallel.For(0, parts.Length, parallel, i => parts[i] = Measure(meters[i % meters.Length].Task, batch, logits, i / meters.Length, side));
        }
        catch (AggregateException error) when (error.InnerExceptions[0] is DatasetException or ArgumentException)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }

        for (int i = 0; i < parts.Length; i++)
        {
            meters[i % meters.Length].Merge(parts[i]);
        }

        Images += batch.Count;
    }

    /// <summary>Adds what another meter of the same tasks has seen. The order of merges decides the last digits.</summary>
    /// <exception cref="ArgumentException">Other tasks.</exception>
    public void Merge(MultiTaskMeter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!meters.Select(meter => meter.Task.Name).SequenceEqual(other.meters.Select(meter => meter.Task.Name)))
        {
            throw new ArgumentException(
                $"Expected a meter of {string.Join(", ", meters.Select(meter => meter.Task.Name))}; found one of {string.Join(", ", other.meters.Select(meter => meter.Task.Name))}.",
                nameof(other));
        }

        for (int i = 0; i < meters.Length; i++)
        {
            meters[i].Merge(other.meters[i]);
        }

        Images += other.Images;
    }

    /// <summary>All numbers so far, task by task.</summary>
    public IReadOnlyList<TaskScores> Scores() => [.. meters.Select(meter => meter.Scores())];

    /// <summary>Side S of the pictures of a batch.</summary>
    internal static int SideOf(Batch batch)
    {
        int side = (int)Math.Round(Math.Sqrt(batch.Images.Length / (3.0 * batch.Count)));
        return batch.Count > 0 && batch.Images.LongLength == 3L * batch.Count * side * side
            ? side
            : throw new ArgumentException($"Expected square pictures [{batch.Count},3,S,S]; found {batch.Images.Length} values.", nameof(batch));
    }

    /// <summary>The logits of one image: [c, S, S].</summary>
    internal static ReadOnlySpan<float> Row(IReadOnlyDictionary<string, float[]> logits, TaskInfo task, int channels, int image, int side)
    {
        int length = channels * side * side;
        if (!logits.TryGetValue(task.Name, out float[]? values))
        {
            throw new ArgumentException($"Expected logits of task '{task.Name}'; found {string.Join(", ", logits.Keys)}.", nameof(logits));
        }

        return values.Length >= (image + 1) * length
            ? values.AsSpan(image * length, length)
            : throw new ArgumentException($"Task '{task.Name}': expected values [B,{channels},{side},{side}]; found {values.Length} values.", nameof(logits));
    }

    /// <summary>The label of one image: [c, S, S], unknown everywhere when the batch has none of the task.</summary>
    internal static ReadOnlySpan<float> Label(Batch batch, TaskInfo task, int image, int side)
    {
        int channels = TaskMeter.LabelChannels(task);
        if (batch.Labels.ContainsKey(task.Name))
        {
            return Row(batch.Labels, task, channels, image, side);
        }

        float[] unknown = new float[channels * side * side];
        Array.Fill(unknown, LabelMap.Void);
        return unknown;
    }

    private TaskMeter Measure(TaskInfo task, Batch batch, IReadOnlyDictionary<string, float[]> logits, int image, int side)
    {
        TaskMeter meter = TaskMeter.Of(task, options);
        try
        {
            meter.Add(Row(logits, task, task.Channels, image, side), Label(batch, task, image, side), side, side);
        }
        catch (DatasetException error)
        {
            throw new DatasetException($"'{batch.Ids[image]}', {task.Name}: {error.Message}", error);
        }

        return meter;
    }
}
