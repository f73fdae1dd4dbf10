namespace DiTask.Model.Training.Balancing;

/// <summary>The derivative of GradNorm's own loss, sum of |w_i n_i - target_i|, in the weights.</summary>
internal static class GradNormStep
{
    /// <summary>dL/dw; 0 for a task that sits out, which is one whose progress is not a number above 0.</summary>
    /// <param name="norms">n: lengths of the unweighted gradients at the last shared layer.</param>
    /// <param name="weights">w.</param>
    /// <param name="progress">L_i / L_i(0).</param>
    /// <param name="alpha">Exponent of the relative rate.</param>
    public static double[] Direction(double[] norms, double[] weights, double[] progress, double alpha)
    {
        double[] targets = Targets(norms, weights, progress, alpha);
        return [.. norms.Select((norm, i) => double.IsNaN(targets[i]) ? 0 : Math.Sign((weights[i] * norm) - targets[i]) * norm)];
    }

    /// <summary>The lengths wanted: mean of w n times (progress over mean progress)^alpha; NaN for a task that sits out.</summary>
    public static double[] Targets(double[] norms, double[] weights, double[] progress, double alpha)
    {
        bool[] takesPart = [.. progress.Zip(norms, (value, norm) => value > 0 && double.IsFinite(value) && double.IsFinite(norm))];
        int[] active = [.. Enumerable.Range(0, norms.Length).Where(i => takesPart[i])];
        if (active.Length == 0)
        {
            return [.. norms.Select(_ => double.NaN)];
        }

        double meanProgress = active.Average(i => progress[i]);
        double meanLength = active.Average(i => weights[i] * norms[i]);
        return [.. norms.Select((_, i) => takesPart[i] ? meanLength * Math.Pow(progress[i] / meanProgress, alpha) : double.NaN)];
    }
}
