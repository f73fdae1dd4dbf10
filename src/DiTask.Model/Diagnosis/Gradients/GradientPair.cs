namespace DiTask.Model.Diagnosis.Gradients;

/// <summary>How two tasks' gradients lie to each other in one batch.</summary>
/// <param name="Cosine">g_i.g_j / (|g_i| |g_j|); 0 when one of them is 0.</param>
/// <param name="Magnitude">2 |g_i| |g_j| / (|g_i|^2 + |g_j|^2): 1 when they are equally long.</param>
internal readonly record struct GradientPair(double Cosine, double Magnitude)
{
    /// <summary>Angle between them.</summary>
    public double Degrees => Math.Acos(Math.Clamp(Cosine, -1, 1)) * 180 / Math.PI;

    /// <summary>Of two vectors by their inner products.</summary>
    public static GradientPair Of(double ab, double aa, double bb)
    {
        double lengths = Math.Sqrt(aa) * Math.Sqrt(bb);
        return lengths == 0 ? new GradientPair(0, 0) : new GradientPair(Math.Clamp(ab / lengths, -1, 1), 2 * lengths / (aa + bb));
    }
}
