namespace DiTask.Model.Cpab;

/// <summary>What every warp asks of its arguments.</summary>
internal static class SpectrumArguments
{
    /// <summary>Refuses a spectrum that is empty, negative or not finite, and a result buffer that is not <paramref name="perValue"/> times as long.</summary>
    public static void Check(ReadOnlySpan<double> sigma, Span<double> result, int perValue)
    {
        if (sigma.IsEmpty)
        {
            throw new ArgumentException("A spectrum needs at least 1 singular value, got 0.", nameof(sigma));
        }

        if (result.Length != sigma.Length * perValue)
        {
            throw new ArgumentException($"{sigma.Length} singular values need room for {sigma.Length * perValue} results, got {result.Length}.", nameof(result));
        }

        for (int i = 0; i < sigma.Length; i++)
        {
            if (!double.IsFinite(sigma[i]) || sigma[i] < 0)
            {
                throw new ArgumentException($"Singular values must be finite and not negative; number {i} of {sigma.Length} is {sigma[i]}.", nameof(sigma));
            }
        }
    }
}
