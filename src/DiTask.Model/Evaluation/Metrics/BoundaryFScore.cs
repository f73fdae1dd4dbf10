using DiTask.Model.Data.Folders;

namespace DiTask.Model.Evaluation.Metrics;

/// <summary>F-measure of edges at the best threshold of the whole set (ODS): found pixels are matched one to one with labelled ones nearby.</summary>
/// <remarks>
/// Probabilities are reduced to ridges and thinned once; 99 thresholds, 0.01 to 0.99, then take more and more of the same lines. Labels are
/// thinned as well. This is the definition of the BSDS benchmark, not its program: SEISM's numbers may differ.
/// </remarks>
/// <param name="tolerance">Largest distance of a pair as a share of the diagonal.</param>
internal sealed class BoundaryFScore(double tolerance)
{
    private const int Steps = 100;

    // Entry k: at threshold k / 100.
    private readonly long[] found = new long[Steps];
    private readonly long[] matched = new long[Steps];
    private long labelled;

    /// <summary>The best F-measure; NaN when the labels hold no edge.</summary>
    public double Best() => labelled == 0 ? double.NaN : Enumerable.Range(1, Steps - 1).Max(F);

    /// <summary>Adds one image [height, width].</summary>
    public void Add(ReadOnlySpan<float> probability, ReadOnlySpan<float> label, ReadOnlySpan<bool> known, int height, int width)
    {
        bool[] labels = new bool[label.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = known[i] && label[i] >= 0.5f;
        }

        ClassEdges.Thin(labels, width, height);
        labelled += labels.AsSpan().Count(true);
        List<int>[] levels = FoundByLevel(probability, known, height, width);
        PixelMatching matching = new(labels, height, width, tolerance * Math.Sqrt(((double)height * height) + ((double)width * width)));
        long count = 0;
        for (int level = Steps - 1; level > 0; level--)
        {
            foreach (int pixel in levels[level])
            {
                matching.Add(pixel);
            }

            count += levels[level].Count;
            found[level] += count;
            matched[level] += matching.Count;
        }
    }

    public void Merge(BoundaryFScore other)
    {
        labelled += other.labelled;
        for (int level = 0; level < Steps; level++)
        {
            found[level] += other.found[level];
            matched[level] += other.matched[level];
        }
    }

    private static List<int>[] FoundByLevel(ReadOnlySpan<float> probability, ReadOnlySpan<bool> known, int height, int width)
    {
        float[] ridges = RidgeSuppression.Apply(probability, height, width, least: 1f / Steps);
        bool[] lines = new bool[ridges.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            lines[i] = ridges[i] > 0;
        }

        ClassEdges.Thin(lines, width, height);
        List<int>[] levels = [.. Enumerable.Range(0, Steps).Select(_ => new List<int>())];
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] && known[i])
            {
                levels[Math.Min((int)(ridges[i] * Steps), Steps - 1)].Add(i);
            }
        }

        return levels;
    }

    private double F(int level)
    {
        if (matched[level] == 0)
        {
            return 0;
        }

        double precision = (double)matched[level] / found[level], recall = (double)matched[level] / labelled;
        return 2 * precision * recall / (precision + recall);
    }
}
