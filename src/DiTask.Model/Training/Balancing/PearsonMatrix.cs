namespace DiTask.Model.Training.Balancing;

/// <summary>How the scores of tasks go together over pictures: Pearson's r of every pair, with all scores turned so that larger is better.</summary>
/// <param name="Tasks">Names, in the order of rows and columns.</param>
/// <param name="Values">r, symmetric, 1 on the diagonal, 0 where one of the two does not vary.</param>
/// <param name="Counts">Pictures on which both tasks have a score.</param>
/// <param name="Warnings">What a reader must know of them.</param>
internal sealed record PearsonMatrix(
    IReadOnlyList<string> Tasks, IReadOnlyList<IReadOnlyList<double>> Values, IReadOnlyList<IReadOnlyList<int>> Counts, IReadOnlyList<string> Warnings)
{
    private const int FewPictures = 100;
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>The matrix of <paramref name="scores"/>.</summary>
    /// <param name="scores">A score per picture and task, pictures in the same order; NaN where a picture has none.</param>
    /// <param name="lowerIsBetter">Tasks whose score is an error: a distance, an angle.</param>
    /// <exception cref="ArgumentException">Tasks with different numbers of pictures.</exception>
    public static PearsonMatrix Of(IReadOnlyDictionary<string, double[]> scores, IReadOnlySet<string> lowerIsBetter)
    {
        string[] tasks = [.. scores.Keys];
        if (scores.Values.Select(values => values.Length).Distinct().Count() > 1)
        {
            string found = string.Join(", ", scores.Select(pair => $"{pair.Key} {pair.Value.Length}"));
            throw new ArgumentException($"Expected a score per picture for every task; found {found}.", nameof(scores));
        }

        List<string> warnings = [];
        double[][] values = [.. tasks.Select(_ => new double[tasks.Length])];
        int[][] counts = [.. tasks.Select(_ => new int[tasks.Length])];
        for (int i = 0; i < tasks.Length; i++)
        {
            values[i][i] = 1;
            counts[i][i] = scores[tasks[i]].Count(double.IsFinite);
            for (int j = 0; j < i; j++)
            {
                (double[] first, double[] second) = Both(scores[tasks[i]], scores[tasks[j]]);
                bool opposite = lowerIsBetter.Contains(tasks[i]) != lowerIsBetter.Contains(tasks[j]);
                double r = Correlation(first, second);
                counts[i][j] = counts[j][i] = first.Length;
                values[i][j] = values[j][i] = double.IsNaN(r) ? 0 : opposite ? -r : r;
                if (double.IsNaN(r))
                {
                    warnings.Add($"{tasks[j]} and {tasks[i]}: a score does not vary over {first.Length} pictures; their relation is set to 0.");
                }
                else if (first.Length < FewPictures)
                {
                    warnings.Add($"{tasks[j]} and {tasks[i]}: {first.Length} pictures are few; {FewPictures} or more make a relation.");
                }
            }
        }

        return new PearsonMatrix(tasks, values, counts, warnings);
    }

    /// <summary>Where r of a pair lies with 95 % confidence, by Fisher's z; (-1, 1) below four pictures.</summary>
    public (double Low, double High) Interval(int i, int j)
    {
        if (Counts[i][j] < 4)
        {
            return (-1, 1);
        }

        double z = Math.Atanh(Values[i][j]);
        double margin = NormalQuantile / Math.Sqrt(Counts[i][j] - 3);
        return (Math.Tanh(z - margin), Math.Tanh(z + margin));
    }

    private static (double[] First, double[] Second) Both(double[] first, double[] second)
    {
        int[] known = [.. Enumerable.Range(0, first.Length).Where(i => double.IsFinite(first[i]) && double.IsFinite(second[i]))];
        return ([.. known.Select(i => first[i])], [.. known.Select(i => second[i])]);
    }

    // NaN where it is not defined: no pair, or one that does not vary.
    private static double Correlation(double[] first, double[] second)
    {
        if (first.Length == 0 || first.Max() == first.Min() || second.Max() == second.Min())
        {
            return double.NaN;
        }

        double meanFirst = first.Average();
        double meanSecond = second.Average();
        double covariance = first.Zip(second, (a, b) => (a - meanFirst) * (b - meanSecond)).Sum();
        double varianceFirst = first.Sum(a => (a - meanFirst) * (a - meanFirst));
        double varianceSecond = second.Sum(b => (b - meanSecond) * (b - meanSecond));
        return Math.Clamp(covariance / Math.Sqrt(varianceFirst * varianceSecond), -1, 1);
    }
}
