using DiTask.Model.Evaluation.Metrics;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation.Meters;

/// <summary>sal.</summary>
internal sealed class SaliencyMeter(TaskInfo task) : TaskMeter(task)
{
    private readonly SaliencyIou iou = new();
    private readonly SaliencyIou referenceIou = new();
    private readonly PooledFScore score = new();
    private readonly PooledFScore referenceScore = new();

    protected override void AddImage(ReadOnlySpan<float> logits, ReadOnlySpan<float> label, ReadOnlySpan<bool> known, int height, int width)
    {
        float[] probability = new float[logits.Length];
        LogitMaps.Sigmoid(logits, probability);
        iou.Add(probability, label, known);
        score.Add(probability, label, known);

        // Reference: unknown pixels are foreground to one of its meters, and the other takes probabilities for logits.
        bool[] all = new bool[known.Length];
        Array.Fill(all, true);
        referenceIou.Add(probability, label, all);
        LogitMaps.Sigmoid(probability, probability);
        referenceScore.Add(probability, label, known);
    }

    protected override void MergeSums(TaskMeter other)
    {
        SaliencyMeter meter = (SaliencyMeter)other;
        iou.Merge(meter.iou);
        referenceIou.Merge(meter.referenceIou);
        score.Merge(meter.score);
        referenceScore.Merge(meter.referenceScore);
    }

    protected override IReadOnlyList<MetricValue> Metrics() =>
    [
        new("sal.miou", 100 * iou.Best(), "%", HigherIsBetter: true, Headline: true),
        new("sal.maxf", 100 * score.Best(), "%", HigherIsBetter: true),
        new("sal.miou.ref", 100 * referenceIou.Best(), "%", HigherIsBetter: true),
        new("sal.maxf1.ref", 100 * referenceIou.BestF1(), "%", HigherIsBetter: true),
        new("sal.maxf.ref", 100 * referenceScore.Best(), "%", HigherIsBetter: true),
    ];
}
