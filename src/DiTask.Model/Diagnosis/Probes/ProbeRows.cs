using DiTask.Model.Data;
using DiTask.Model.Tasks;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Probes;

/// <summary>Places of one picture: what the backbone says there, and what the label says.</summary>
/// <param name="Features">[n, D], float64.</param>
/// <param name="Targets">[n, K], float64: one of K classes, a vector, or a number.</param>
internal sealed record ProbeRows(Tensor Features, Tensor Targets)
{
    /// <summary>Most places of a picture: neighbours say nearly the same.</summary>
    public const int MostPlaces = 256;

    private const float Positive = 0.5f;

    /// <summary>Rows of every picture of a batch at evenly spread places; null for one of whose places nothing is known.</summary>
    /// <param name="features">[B, D, R, R].</param>
    /// <param name="batch">With labels of the task at the input's size.</param>
    /// <param name="task">The task.</param>
    public static IEnumerable<ProbeRows?> Of(Tensor features, Batch batch, TaskInfo task)
    {
        int side = (int)features.shape[2];
        for (int picture = 0; picture < batch.Count; picture++)
        {
            (long[] places, double[] targets) = Known(batch.Labels[task.Name], picture, batch.Count, side, task);
            yield return places.Length == 0 ? null : new ProbeRows(
                features.select(0, picture).reshape(-1, side * side).index_select(1, tensor(places, int64, features.device)).transpose(0, 1).to(float64),
                tensor(targets, [places.Length, task.Channels], float64, features.device));
        }
    }

    private static (long[] Places, double[] Targets) Known(float[] labels, int picture, int count, int side, TaskInfo task)
    {
        int channels = task.Kind == TaskKind.Vector ? task.Channels : 1;
        int area = labels.Length / (count * channels);
        int size = (int)Math.Round(Math.Sqrt(area));
        ReadOnlySpan<float> own = labels.AsSpan(picture * channels * area, channels * area);
        int taken = Math.Min(MostPlaces, side * side);
        List<long> places = [];
        List<double> targets = [];
        for (int index = 0; index < taken; index++)
        {
            long place = (long)index * side * side / taken;

            // The label in the middle of the place.
            int pixel = (int)(((2 * (place / side)) + 1) * size / (2 * side) * size + ((2 * (place % side)) + 1) * size / (2 * side));
            if (own[pixel] == LabelMap.Void)
            {
                continue;
            }

            places.Add(place);
            for (int channel = 0; channel < task.Channels; channel++)
            {
                targets.Add(task switch
                {
                    { Kind: TaskKind.Labels } => own[pixel] == channel ? 1 : 0,
                    { Activation: TaskActivation.Sigmoid } => own[pixel] >= Positive ? 1 : 0,
                    _ => own[(channel * area) + pixel],
                });
            }
        }

        return ([.. places], [.. targets]);
    }
}
