namespace DiTask.Model.Training.Balancing;

/// <summary>Softmax of a few numbers.</summary>
internal static class Softmax
{
    /// <summary>exp(x_i) / sum of exp(x_j).</summary>
    public static double[] Of(IEnumerable<double> logits)
    {
        double[] values = [.. logits];
        double largest = values.Max();
        double[] powers = [.. values.Select(value => Math.Exp(value - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }
}
