namespace DiTask.Model.Evaluation.Metrics;

/// <summary>Intersection over union of a foreground mask, per image and threshold; means over the images, and the best threshold of those.</summary>
/// <remarks><b>Source:</b> evaluation/eval_sal_no_beta.py, jaccard.py @7541c55.</remarks>
internal sealed class SaliencyIou
{
    /// <summary>0.2 to 0.9 in steps of 0.05.</summary>
    public static IReadOnlyList<float> Thresholds { get; } = [.. Enumerable.Range(0, 15).Select(i => (float)(0.2 + (0.05 * i)))];

    private readonly double[] iou = new double[Thresholds.Count];
    private readonly double[] precision = new double[Thresholds.Count];
    private readonly double[] recall = new double[Thresholds.Count];

    /// <summary>Images measured.</summary>
    public int Images { get; private set; }

    /// <summary>Mean over the images at a threshold.</summary>
    public double Mean(int threshold) => iou[threshold] / Images;

    /// <summary>The best mean; NaN of no image.</summary>
    public double Best() => Images == 0 ? double.NaN : Enumerable.Range(0, Thresholds.Count).Max(Mean);

    /// <summary>Harmonic mean of mean precision and mean recall at a threshold.</summary>
    public double F1(int threshold)
    {
        double p = precision[threshold] / Images, r = recall[threshold] / Images;
        return 2 * p * r / (p + r + 1e-12);
    }

    /// <summary>The best of those; NaN of no image.</summary>
    public double BestF1() => Images == 0 ? double.NaN : Enumerable.Range(0, Thresholds.Count).Max(F1);

    /// <summary>Adds one image, in which at least one pixel must be known. An empty mask equals an empty label.</summary>
    public void Add(ReadOnlySpan<float> probability, ReadOnlySpan<float> label, ReadOnlySpan<bool> known)
    {
        // Entry k: pixels whose probability exceeds exactly k of the thresholds.
        Span<long> foreground = stackalloc long[Thresholds.Count + 1];
        Span<long> background = stackalloc long[Thresholds.Count + 1];
        foreground.Clear();
        background.Clear();
        for (int i = 0; i < probability.Length; i++)
        {
            if (known[i])
            {
                (label[i] >= 0.5f ? foreground : background)[Exceeded(probability[i])]++;
            }
        }

        long actual = 0;
        foreach (long count in foreground)
        {
            actual += count;
        }

        long hits = 0, predicted = 0;
        Images++;
        for (int threshold = Thresholds.Count - 1; threshold >= 0; threshold--)
        {
            hits += foreground[threshold + 1];
            predicted += foreground[threshold + 1] + background[threshold + 1];
            long union = actual + predicted - hits;
            iou[threshold] += union == 0 ? 1 : (double)hits / union;
            precision[threshold] += hits / (predicted + 1e-12);
            recall[threshold] += hits / (actual + 1e-12);
        }
    }

    public void Merge(SaliencyIou other)
    {
        Images += other.Images;
        for (int threshold = 0; threshold < iou.Length; threshold++)
        {
            iou[threshold] += other.iou[threshold];
            precision[threshold] += other.precision[threshold];
            recall[threshold] += other.recall[threshold];
        }
    }

    private static int Exceeded(float probability)
    {
        int count = 0;
        while (count < Thresholds.Count && probability > Thresholds[count])
        {
            count++;
        }

        return count;
    }
}
