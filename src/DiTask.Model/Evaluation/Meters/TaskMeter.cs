using DiTask.Model.Data;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation.Meters;

/// <summary>Measures one task over images that are added one by one. Not thread-safe; meters of parts of a set can be merged.</summary>
internal abstract class TaskMeter(TaskInfo task)
{
    private int brokenImages;

    /// <summary>The task.</summary>
    public TaskInfo Task { get; } = task;

    /// <summary>Images seen.</summary>
    public int Images { get; private set; }

    /// <summary>Images with at least one known pixel; no other takes part.</summary>
    public int LabelledImages { get; private set; }

    /// <summary>Pixels with a label.</summary>
    public long KnownPixels { get; private set; }

    /// <summary>A meter of <paramref name="task"/> that has seen nothing.</summary>
    /// <exception cref="ArgumentException">There is no meter for the task.</exception>
    public static TaskMeter Of(TaskInfo task, EvaluationOptions options) => task.Name switch
    {
        _ when task.Kind == TaskKind.Labels => new LabelMeter(task),
        "normals" => new NormalsMeter(task),
        "sal" => new SaliencyMeter(task),
        "edge" => new EdgeMeter(task, options.EdgeTolerance),
        "depth" => new DepthMeter(task),
        _ => throw new ArgumentException($"There is no metric for task '{task.Name}'.", nameof(task)),
    };

    /// <summary>Adds an image.</summary>
    /// <param name="logits">[task.Channels, height, width]: what the network says, before any activation.</param>
    /// <param name="label">[3, height, width] for normals, [1, height, width] otherwise. A pixel that is 255 or not finite in any channel is not known.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="ArgumentException">Other lengths.</exception>
    /// <exception cref="DatasetException">A label cannot be one of the task's.</exception>
    public void Add(ReadOnlySpan<float> logits, ReadOnlySpan<float> label, int height, int width)
    {
        int plane = height * width;
        int labelChannels = LabelChannels(Task);
        if (logits.Length != Task.Channels * plane || label.Length != labelChannels * plane)
        {
            throw new ArgumentException(
                $"Task '{Task.Name}': expected logits [{Task.Channels},{height},{width}] and a label [{labelChannels},{height},{width}]; "
                + $"found {logits.Length} and {label.Length} values.");
        }

        Images++;
        bool[] known = Known(label, plane);
        long pixels = known.AsSpan().Count(true);
        if (pixels == 0)
        {
            return;
        }

        LabelledImages++;
        KnownPixels += pixels;
        if (IsFinite(logits))
        {
            AddImage(logits, label, known, height, width);
        }
        else
        {
            brokenImages++;
        }
    }

    /// <summary>Adds what another meter of the same task has seen. The order of merges decides the last digits.</summary>
    public void Merge(TaskMeter other)
    {
        Images += other.Images;
        LabelledImages += other.LabelledImages;
        KnownPixels += other.KnownPixels;
        brokenImages += other.brokenImages;
        MergeSums(other);
    }

    /// <summary>All numbers. Where nothing was known, or a logit was not finite, they are NaN and a warning says so.</summary>
    public TaskScores Scores()
    {
        List<string> warnings = [];
        IReadOnlyList<MetricValue> metrics = Metrics();
        if (LabelledImages == 0)
        {
            warnings.Add($"{Task.Name}: none of {Images} images has a label; nothing was measured");
        }
        else if (LabelledImages < Images)
        {
            warnings.Add($"{Task.Name}: {Images - LabelledImages} of {Images} images have no label and take no part");
        }

        if (brokenImages > 0)
        {
            warnings.Add($"{Task.Name}: the logits of {brokenImages} images hold NaN or infinity; no number of this task holds");
        }

        if (brokenImages > 0 || LabelledImages == 0)
        {
            metrics = [.. metrics.Select(metric => metric with { Value = double.NaN })];
        }
        else
        {
            warnings.AddRange(Warnings());
        }

        return new TaskScores(Task, Images, LabelledImages, KnownPixels, metrics, Classes(), warnings);
    }

    /// <summary>Numbers per labelled pixel of a task.</summary>
    internal static int LabelChannels(TaskInfo task) => task.Kind == TaskKind.Vector ? task.Channels : 1;

    /// <summary>Adds an image whose logits are finite and of which at least one pixel is known.</summary>
    protected abstract void AddImage(ReadOnlySpan<float> logits, ReadOnlySpan<float> label, ReadOnlySpan<bool> known, int height, int width);

    /// <summary>Adds the sums of another meter of the same type.</summary>
    protected abstract void MergeSums(TaskMeter other);

    /// <summary>The numbers, the headline first.</summary>
    protected abstract IReadOnlyList<MetricValue> Metrics();

    /// <summary>The table of classes; empty where there is none.</summary>
    protected virtual IReadOnlyList<ClassScore> Classes() => [];

    /// <summary>What is odd about the set.</summary>
    protected virtual IEnumerable<string> Warnings() => [];

    /// <summary>Which of the pixels of a label [c, plane] are known: 255, NaN and infinity in any channel are not.</summary>
    internal static bool[] Known(ReadOnlySpan<float> label, int plane)
    {
        bool[] known = new bool[plane];
        Array.Fill(known, true);
        for (int i = 0; i < label.Length; i++)
        {
            known[i % plane] &= label[i] != LabelMap.Void && float.IsFinite(label[i]);
        }

        return known;
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
