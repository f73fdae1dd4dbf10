using DiTask.Model.Evaluation.Metrics;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation.Meters;

/// <summary>semseg and human_parts.</summary>
internal sealed class LabelMeter(TaskInfo task) : TaskMeter(task)
{
    private readonly MeanIou iou = new(task.Channels);

    protected override void AddImage(ReadOnlySpan<float> logits, ReadOnlySpan<float> label, ReadOnlySpan<bool> known, int height, int width)
    {
        byte[] predicted = new byte[known.Length];
        LogitMaps.ArgMax(logits, predicted);
        iou.Add(predicted, label, known);
    }

    protected override void MergeSums(TaskMeter other) => iou.Merge(((LabelMeter)other).iou);

    protected override IReadOnlyList<MetricValue> Metrics() =>
    [
        new($"{Task.Name}.miou", 100 * iou.Mean(), "%", HigherIsBetter: true, Headline: true),
        new($"{Task.Name}.miou.present", 100 * iou.MeanPresent(), "%", HigherIsBetter: true),
    ];

    protected override IReadOnlyList<ClassScore> Classes() =>
    [
        .. Task.Classes.Select(entry => new ClassScore(
            entry.Name,
            100 * iou.Iou(entry.Value),
            iou.TruePositives(entry.Value) + iou.FalseNegatives(entry.Value),
            iou.TruePositives(entry.Value) + iou.FalsePositives(entry.Value))),
    ];

    protected override IEnumerable<string> Warnings()
    {
        string[] absent = [.. Task.Classes.Where(entry => !iou.IsPresent(entry.Value)).Select(entry => entry.Name)];
        if (absent.Length > 0)
        {
            yield return $"{Task.Name}: the labels hold no pixel of {string.Join(", ", absent)}; each counts as 0 in {Task.Name}.miou and not at all in {Task.Name}.miou.present";
        }
    }
}
