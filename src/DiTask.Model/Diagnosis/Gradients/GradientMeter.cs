namespace DiTask.Model.Diagnosis.Gradients;

/// <summary>Collects the gradients' relations over batches.</summary>
internal sealed class GradientMeter(IReadOnlyList<string> tasks, IReadOnlyList<ParameterGroup> groups)
{
    /// <summary>Decay of the moving average of the curves.</summary>
    public const double Decay = 0.9;

    private readonly List<GradientSample> samples = [];

    /// <summary>Batches so far.</summary>
    public int Batches => samples.Count;

    /// <summary>Adds a batch.</summary>
    public void Add(GradientSample sample) => samples.Add(sample);

    /// <summary>Group by group.</summary>
    public IReadOnlyList<GroupRelations> Relations() => [.. groups.Select((group, index) =>
    {
        double noise = 1 / Math.Sqrt(group.Count);
        return new GroupRelations(group.Name, group.Count, samples.Count, noise, [.. Pairs().Select(pair => Relation(pair.First, pair.Second, index, noise))]);
    })];

    /// <summary>Norm of each task's gradient in all shared parameters, mean over the batches.</summary>
    public IReadOnlyDictionary<string, double> TrunkNorms() =>
        ByTask(task => samples.Average(sample => Math.Sqrt(sample.Products[^1][task, task])));

    /// <summary>Norm of each task's gradient in its own decoder, mean over the batches.</summary>
    public IReadOnlyDictionary<string, double> HeadNorms() => ByTask(task => samples.Average(sample => sample.OwnNorms[task]));

    /// <summary>Mean raw loss of each task.</summary>
    public IReadOnlyDictionary<string, double> Losses() => ByTask(task => samples.Average(sample => sample.Losses[task]));

    private Dictionary<string, double> ByTask(Func<int, double> value) =>
        Enumerable.Range(0, tasks.Count).ToDictionary(task => tasks[task], task => samples.Count == 0 ? double.NaN : value(task));

    private IEnumerable<(int First, int Second)> Pairs() =>
        from first in Enumerable.Range(0, tasks.Count)
        from second in Enumerable.Range(first + 1, tasks.Count - first - 1)
        select (first, second);

    private PairRelation Relation(int first, int second, int group, double noise)
    {
        // A batch without labels of one of the two says nothing of the pair.
        GradientSample[] known = [.. samples.Where(sample => sample.Products[group][first, first] > 0 && sample.Products[group][second, second] > 0)];
        if (known.Length == 0)
        {
            return new PairRelation(tasks[first], tasks[second], 0, 0, 0, 0, 0, 0, []);
        }

        GradientPair[] pairs = [.. known.Select(sample => Pair(sample.Products[group], first, second))];
        double mean = pairs.Average(pair => pair.Cosine);
        return new PairRelation(
            tasks[first],
            tasks[second],
            mean,
            Math.Sqrt(pairs.Average(pair => (pair.Cosine - mean) * (pair.Cosine - mean))),
            Share(pairs, pair => pair.Cosine < 0),
            Share(pairs, pair => pair.Cosine < -2 * noise),
            pairs.Average(pair => pair.Magnitude),
            known.Average(sample => Math.Min(sample.Participation[group][first], sample.Participation[group][second])),
            Smoothed([.. pairs.Select(pair => pair.Cosine)]));
    }

    private static GradientPair Pair(double[,] products, int first, int second) =>
        GradientPair.Of(products[first, second], products[first, first], products[second, second]);

    private static double Share(GradientPair[] pairs, Func<GradientPair, bool> isIt) => (double)pairs.Count(isIt) / pairs.Length;

    private static double[] Smoothed(double[] values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            values[i] = (Decay * values[i - 1]) + ((1 - Decay) * values[i]);
        }

        return values;
    }
}
