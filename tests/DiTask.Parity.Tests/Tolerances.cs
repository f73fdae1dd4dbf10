namespace DiTask.Parity.Tests;

/// <summary>Accepted differences from the authors' float32 code. Why these: docs/numerics.md.</summary>
internal static class Tolerances
{
    /// <summary>Logits and features: this much absolute, and this much of the largest value.</summary>
    public const double Activation = 1e-4;

    /// <summary>Folded weights, absolute.</summary>
    public const double FoldedWeight = 2e-5;

    /// <summary>Warped singular values, relative to the largest.</summary>
    public const double WarpedSpectrum = 1e-4;

    public static void AssertActivations(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs((double)expected[i]));
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
        }

        Assert.True(difference <= Activation + (Activation * largest), $"{what}: differs by {difference:E2}, largest value {largest:E2}.");
    }
}
