namespace DiTask.Model.Cpab;

/// <summary>
/// The quotients that integrate an affine velocity, each smooth where its textbook form is 0/0: a cell with hardly any slope
/// needs no branch of its own.
/// </summary>
internal static class ExponentialRatios
{
    // Below this size the direct form of SecondOrder would lose more than three bits to cancellation.
    private const double SeriesRadius = 0.5;

    // The first term left out is below 2^-53 of the sum at SeriesRadius.
    private const int SeriesTerms = 14;

    /// <summary>(exp(z) - 1) / z, and 1 at 0.</summary>
    public static double Exponential(double z)
    {
        double exponential = Math.Exp(z);
        if (exponential == 1)
        {
            return 1;
        }

        // Dividing by the logarithm of the rounded exponential cancels its rounding error (Kahan); Math has no exact exp(z) - 1.
        return exponential is > 0.5 and < 2 ? (exponential - 1) / Math.Log(exponential) : (exponential - 1) / z;
    }

    /// <summary>ln(u) / (u - 1), and 1 at 1, for positive u.</summary>
    public static double Logarithm(double u) => u == 1 ? 1 : Math.Log(u) / (u - 1);

    /// <summary>(1 + exp(z) (z - 1)) / z^2, and 1/2 at 0.</summary>
    public static double SecondOrder(double z)
    {
        if (Math.Abs(z) > SeriesRadius)
        {
            return (1 + (Math.Exp(z) * (z - 1))) / (z * z);
        }

        double sum = 0;
        double power = 0.5;
        for (int m = 0; m < SeriesTerms; m++)
        {
            // power is z^m / (m+2)! here.
            sum += power * (m + 1);
            power *= z / (m + 3);
        }

        return sum;
    }
}
