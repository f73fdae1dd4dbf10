using DiTask.Model.Evaluation.Metrics;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation.Meters;

/// <summary>edge.</summary>
internal sealed class EdgeMeter(TaskInfo task, double tolerance) : TaskMeter(task)
{
    private readonly BoundaryFScore score = new(tolerance);
    private readonly EdgeLoss loss = new();

    protected override void AddImage(ReadOnlySpan<float> logits, ReadOnlySpan<float> label, ReadOnlySpan<bool> known, int height, int width)
    {
        float[] probability = new float[logits.Length];
        LogitMaps.Sigmoid(logits, probability);
        score.Add(probability, label, known, height, width);
        loss.Add(probability, label);
    }

    protected override void MergeSums(TaskMeter other)
    {
        score.Merge(((EdgeMeter)other).score);
        loss.Merge(((EdgeMeter)other).loss);
    }

    protected override IReadOnlyList<MetricValue> Metrics() =>
    [
        new("edge.odsF", 100 * score.Best(), "%", HigherIsBetter: true, Headline: true),
        new("edge.loss.ref", loss.Mean, "", HigherIsBetter: false),
    ];

    protected override IEnumerable<string> Warnings()
    {
        if (double.IsNaN(score.Best()))
        {
            yield return "edge: the labels hold no edge; edge.odsF is not defined";
        }
    }
}
