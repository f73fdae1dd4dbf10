using DiTask.Model.Data;
using DiTask.Model.Evaluation.Meters;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation;

/// <summary>The known labels of one task, added up pixel by pixel, and the logits that follow from a sum.</summary>
/// <param name="task">The task.</param>
/// <param name="side">Side S of the labels.</param>
internal sealed class LabelSums(TaskInfo task, int side)
{
    // Below 1, so that it never outvotes a label; it only keeps logarithms finite.
    private const double TinyCount = 0.01;

    private readonly int plane = side * side;
    private readonly double[] sums = new double[task.Channels * side * side];
    private readonly long[] counts = new long[side * side];

    /// <summary>Adds the label of one picture.</summary>
    /// <param name="label">[3, S, S] for normals, [1, S, S] otherwise. As in the meters, 255 and what is not finite is unknown; so are a depth of 0 and a normal of length 0.</param>
    /// <exception cref="DatasetException">A class that the task does not have.</exception>
    public void Add(ReadOnlySpan<float> label)
    {
        bool[] known = TaskMeter.Known(label, plane);
        for (int pixel = 0; pixel < plane; pixel++)
        {
            if (known[pixel])
            {
                AddPixel(label, pixel);
            }
        }
    }

    /// <summary>Logits [c, S, S] that differ from pixel to pixel, or are the same everywhere.</summary>
    /// <exception cref="DatasetException">No pixel was known.</exception>
    public float[] Logits(LabelPriorKind kind)
    {
        long total = counts.Sum();
        if (total == 0)
        {
            throw new DatasetException($"Expected labels of {task.Name} to learn a prior from; found none.");
        }

        double[] whole = [.. Enumerable.Range(0, task.Channels).Select(channel => sums.Skip(channel * plane).Take(plane).Sum())];
        double[] constant = Mean(whole, total, Start());
        float[] logits = new float[sums.Length];
        double[] own = new double[task.Channels];
        for (int pixel = 0; pixel < plane; pixel++)
        {
            for (int channel = 0; channel < own.Length; channel++)
            {
                own[channel] = sums[(channel * plane) + pixel];
            }

            double[] mean = kind == LabelPriorKind.Constant ? constant : Mean(own, counts[pixel], constant);
            for (int channel = 0; channel < own.Length; channel++)
            {
                logits[(channel * plane) + pixel] = (float)Logit(mean[channel], constant[channel]);
            }
        }

        return logits;
    }

    private void AddPixel(ReadOnlySpan<float> label, int pixel)
    {
        float value = label[pixel];
        switch (task.Activation)
        {
            case TaskActivation.ArgMax:
                int entry = value >= 0 && value < task.Channels && value == (int)value
                    ? (int)value
                    : throw new DatasetException($"Expected labels 0 to {task.Channels - 1}, or 255 for unknown; found {value}.");
                sums[(entry * plane) + pixel]++;
                break;
            case TaskActivation.Sigmoid:
                sums[pixel] += value >= 0.5f ? 1 : 0;
                break;
            case TaskActivation.None when value <= 0:
                return;
            case TaskActivation.None:
                sums[pixel] += value;
                break;
            default:
                double x = label[pixel], y = label[plane + pixel], z = label[(2 * plane) + pixel], length = Math.Sqrt((x * x) + (y * y) + (z * z));
                if (length == 0)
                {
                    return;
                }

                sums[pixel] += x / length;
                sums[plane + pixel] += y / length;
                sums[(2 * plane) + pixel] += z / length;
                break;
        }

        counts[pixel]++;
    }

    // What the constant itself is drawn to: no class, and neither of yes and no, is likelier than another.
    private double[] Start() => [.. Enumerable.Repeat(task.Activation == TaskActivation.Sigmoid ? 0.5 : 1.0 / task.Channels, task.Channels)];

    private double[] Mean(double[] sum, long count, double[] otherwise)
    {
        switch (task.Activation)
        {
            case TaskActivation.ArgMax or TaskActivation.Sigmoid:
                return [.. sum.Select((value, channel) => (value + (TinyCount * otherwise[channel])) / (count + TinyCount))];
            case TaskActivation.None:
                return count == 0 ? otherwise : [sum[0] / count];
            default:
                double length = Math.Sqrt(sum.Sum(value => value * value));
                return length == 0 ? otherwise : [.. sum.Select(value => value / length)];
        }
    }

    private double Logit(double mean, double constant) => task.Activation switch
    {
        TaskActivation.ArgMax => Math.Log(mean),
        // The balanced loss weighs yes by the share of no, and no by the share of yes: this is where it is least.
        TaskActivation.Sigmoid => Math.Log(mean / (1 - mean)) - Math.Log(constant / (1 - constant)),
        _ => mean,
    };
}
