using DiTask.Model.Data;

namespace DiTask.Model.Evaluation.Metrics;

/// <summary>Intersection over union per class, pooled over all pixels of a set.</summary>
/// <remarks><b>Source:</b> evaluation/eval_semseg.py, eval_human_parts.py @7541c55: a class that never occurs counts as 0 in the mean.</remarks>
internal sealed class MeanIou(int classes)
{
    private readonly long[] truePositives = new long[classes];
    private readonly long[] falsePositives = new long[classes];
    private readonly long[] falseNegatives = new long[classes];

    public int Classes => classes;

    /// <summary>Pixels of a class that were given to it.</summary>
    public long TruePositives(int label) => truePositives[label];

    /// <summary>Pixels of other classes that were given to it.</summary>
    public long FalsePositives(int label) => falsePositives[label];

    /// <summary>Its pixels that were given to others.</summary>
    public long FalseNegatives(int label) => falseNegatives[label];

    /// <summary>Adds pixels; those that are not known are left out.</summary>
    /// <exception cref="DatasetException">A label is not one of the classes.</exception>
    public void Add(ReadOnlySpan<byte> predicted, ReadOnlySpan<float> labels, ReadOnlySpan<bool> known)
    {
        for (int i = 0; i < predicted.Length; i++)
        {
            if (!known[i])
            {
                continue;
            }

            int label = (int)labels[i];
            if (label < 0 || label >= classes || label != labels[i])
            {
                throw new DatasetException($"Expected labels 0 to {classes - 1}, or {LabelMap.Void} for unknown; found {labels[i]}.");
            }

            if (predicted[i] == label)
            {
                truePositives[label]++;
            }
            else
            {
                falsePositives[predicted[i]]++;
                falseNegatives[label]++;
            }
        }
    }

    public void Merge(MeanIou other)
    {
        for (int label = 0; label < classes; label++)
        {
            truePositives[label] += other.truePositives[label];
            falsePositives[label] += other.falsePositives[label];
            falseNegatives[label] += other.falseNegatives[label];
        }
    }

    /// <summary>Intersection over union of a class; 0 where both are empty.</summary>
    public double Iou(int label)
    {
        long union = truePositives[label] + falsePositives[label] + falseNegatives[label];
        return union == 0 ? 0 : (double)truePositives[label] / union;
    }

    /// <summary>Whether the labels hold the class.</summary>
    public bool IsPresent(int label) => truePositives[label] + falseNegatives[label] > 0;

    /// <summary>Mean over all classes; NaN when no pixel was known.</summary>
    public double Mean() => Enumerable.Range(0, classes).Any(IsPresent) ? Enumerable.Range(0, classes).Average(Iou) : double.NaN;

    /// <summary>Mean over the classes that the labels hold; NaN when there is none.</summary>
    public double MeanPresent() => Enumerable.Range(0, classes).Where(IsPresent).Select(Iou).DefaultIfEmpty(double.NaN).Average();
}
