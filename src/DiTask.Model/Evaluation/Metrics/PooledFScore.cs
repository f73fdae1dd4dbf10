namespace DiTask.Model.Evaluation.Metrics;

/// <summary>F-measure of a foreground mask with beta^2 = 0.3, counts pooled over the set; the best threshold of 0.05, 0.10 ... 0.95.</summary>
/// <remarks><b>Source:</b> evaluation/eval_sal_beta.py @7541c55, which applies it to sigmoid(sigmoid(logit)).</remarks>
internal sealed class PooledFScore
{
    private const double BetaSquared = 0.3;

    /// <summary>0.05 to 0.95 in steps of 0.05.</summary>
    public static IReadOnlyList<float> Thresholds { get; } = [.. Enumerable.Range(1, 19).Select(i => (float)(0.05 * i))];

    // Entry k: pixels whose score reaches exactly k of the thresholds.
    private readonly long[] foreground = new long[Thresholds.Count + 1];
    private readonly long[] background = new long[Thresholds.Count + 1];

    /// <summary>Foreground pixels of the labels.</summary>
    public long Actual => foreground.Sum();

    /// <summary>Foreground pixels found at a threshold.</summary>
    public long Hits(int threshold) => foreground.AsSpan(threshold + 1).ToArray().Sum();

    /// <summary>Pixels that reach a threshold.</summary>
    public long Predicted(int threshold) => Hits(threshold) + background.AsSpan(threshold + 1).ToArray().Sum();

    /// <summary>The best F-measure; a threshold without a hit gives 0. NaN when no pixel was known.</summary>
    public double Best() => foreground.Sum() + background.Sum() == 0 ? double.NaN : Enumerable.Range(0, Thresholds.Count).Max(F);

    /// <summary>Adds pixels.</summary>
    public void Add(ReadOnlySpan<float> score, ReadOnlySpan<float> label, ReadOnlySpan<bool> known)
    {
        for (int i = 0; i < score.Length; i++)
        {
            if (known[i])
            {
                (label[i] >= 0.5f ? foreground : background)[Reached(score[i])]++;
            }
        }
    }

    public void Merge(PooledFScore other)
    {
        for (int bin = 0; bin < foreground.Length; bin++)
        {
            foreground[bin] += other.foreground[bin];
            background[bin] += other.background[bin];
        }
    }

    private static int Reached(float score)
    {
        int count = 0;
        while (count < Thresholds.Count && score >= Thresholds[count])
        {
            count++;
        }

        return count;
    }

    private double F(int threshold)
    {
        double hits = Hits(threshold);
        if (hits == 0)
        {
            return 0;
        }

        double precision = hits / Predicted(threshold), recall = hits / Actual;
        return (1 + BetaSquared) * precision * recall / ((BetaSquared * precision) + recall);
    }
}
