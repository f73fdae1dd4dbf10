using DiTask.Model.Evaluation.Metrics;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation.Meters;

/// <summary>normals.</summary>
internal sealed class NormalsMeter(TaskInfo task) : TaskMeter(task)
{
    private readonly AngularError error = new();

    protected override void AddImage(ReadOnlySpan<float> logits, ReadOnlySpan<float> label, ReadOnlySpan<bool> known, int height, int width) =>
        error.Add(logits, label, known);

    protected override void MergeSums(TaskMeter other) => error.Merge(((NormalsMeter)other).error);

    protected override IReadOnlyList<MetricValue> Metrics() =>
    [
        new("normals.mean", error.Mean, "deg", HigherIsBetter: false, Headline: true),
        new("normals.rmse", error.Rmse, "deg", HigherIsBetter: false),
        new("normals.median", error.Median(), "deg", HigherIsBetter: false),
        new("normals.within11.25", 100 * error.Within(0), "%", HigherIsBetter: true),
        new("normals.within22.5", 100 * error.Within(1), "%", HigherIsBetter: true),
        new("normals.within30", 100 * error.Within(2), "%", HigherIsBetter: true),
        new("normals.rmse.ref", error.ReferenceRmse, "deg", HigherIsBetter: false),
    ];
}
