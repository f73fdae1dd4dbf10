namespace DiTask.Model.Diagnosis.Probes;

/// <summary>A linear probe on the shared network's features against one on those of a network of the task's own.</summary>
/// <param name="Task">Wire name.</param>
/// <param name="Shared">Share of the labels' variance explained by the shared network's features.</param>
/// <param name="Single">The same of the single-task network's.</param>
/// <param name="Difference">Single less shared.</param>
/// <param name="Error">Standard error of the difference over the pictures.</param>
/// <param name="Pictures">Pictures judged on.</param>
internal sealed record ProbeResult(string Task, double Shared, double Single, double Difference, double Error, int Pictures)
{
    /// <summary>Least difference that counts: two percent of the labels' variance.</summary>
    public const double Margin = 0.02;

    /// <summary>Fewest pictures to judge on.</summary>
    public const int FewestPictures = 4;

    /// <summary>Whether enough is known.</summary>
    public bool IsKnown => Pictures >= FewestPictures && double.IsFinite(Difference);

    /// <summary>Whether the task's own features say more: by the margin, and by more than two standard errors.</summary>
    public bool IsBetterAlone => IsKnown && Difference > Margin && Difference > 2 * Error;

    /// <summary>Compares two probes on the same pictures.</summary>
    public static ProbeResult Of(string task, ProbeScore shared, ProbeScore single)
    {
        double[] gains = [.. shared.Errors.Zip(single.Errors, (first, second) => first - second)];
        double mean = gains.Length == 0 ? 0 : gains.Average();
        double error = gains.Length < 2 ? double.NaN : Math.Sqrt(gains.Length * gains.Sum(gain => (gain - mean) * (gain - mean)) / (gains.Length - 1));
        return new ProbeResult(task, shared.Explained, single.Explained, single.Explained - shared.Explained, error, gains.Length);
    }
}
