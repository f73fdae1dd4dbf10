using DiTask.Model.Evaluation.Metrics;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation.Meters;

/// <summary>depth.</summary>
internal sealed class DepthMeter(TaskInfo task) : TaskMeter(task)
{
    private readonly DepthError error = new();
    private readonly DepthError reference = new();

    protected override void AddImage(ReadOnlySpan<float> logits, ReadOnlySpan<float> label, ReadOnlySpan<bool> known, int height, int width)
    {
        bool[] measured = new bool[known.Length];
        for (int i = 0; i < known.Length; i++)
        {
            // No surface is 0 m away: data sets write 0 where the sensor saw nothing.
            measured[i] = known[i] && label[i] > 0;
        }

        error.Add(logits, label, measured);
        reference.Add(logits, label, known);
    }

    protected override void MergeSums(TaskMeter other)
    {
        error.Merge(((DepthMeter)other).error);
        reference.Merge(((DepthMeter)other).reference);
    }

    protected override IReadOnlyList<MetricValue> Metrics() =>
    [
        new("depth.rmse", error.Rmse, "m", HigherIsBetter: false, Headline: true),
        new("depth.absrel", error.AbsRel, "", HigherIsBetter: false),
        new("depth.log_rmse", error.LogRmse, "", HigherIsBetter: false),
        new("depth.silog", error.SiLog, "", HigherIsBetter: false),
        new("depth.delta1", 100 * error.Delta(1), "%", HigherIsBetter: true),
        new("depth.delta2", 100 * error.Delta(2), "%", HigherIsBetter: true),
        new("depth.delta3", 100 * error.Delta(3), "%", HigherIsBetter: true),
        new("depth.rmse.ref", reference.Rmse, "m", HigherIsBetter: false),
        new("depth.log_rmse.ref", reference.LogRmse, "", HigherIsBetter: false),
    ];
}
