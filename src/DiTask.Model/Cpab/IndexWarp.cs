namespace DiTask.Model.Cpab;

/// <summary>
/// The authors' code: phi moves the places at which the spectrum, linear between its indices, is read again. The largest and
/// the smallest singular value never change; theta acts on rank, not on size.
/// </summary>
/// <remarks><b>Source:</b> reference specification 1.4: warped_i = sigma at index (k-1) phi(i / (k-1)).</remarks>
internal sealed class IndexWarp : ISpectrumWarp
{
    /// <inheritdoc/>
    public string Name => "index";

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<double> sigma, ReadOnlySpan<double> theta, Span<double> warped)
    {
        SpectrumArguments.Check(sigma, warped, 1);
        CpabTransform transform = new(theta);

        for (int i = 0; i < sigma.Length; i++)
        {
            double point = GridPoint(i, sigma.Length);
            (int lower, double weight) = Locate(i, transform.Apply(point) - point, sigma.Length);
            int upper = Math.Min(lower + 1, sigma.Length - 1);
            warped[i] = sigma[lower] + (weight * (sigma[upper] - sigma[lower]));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Where a place falls on an index exactly the interpolant has a kink; the slope to its right is taken, as the reference does.</remarks>
    public void Jacobian(ReadOnlySpan<double> sigma, ReadOnlySpan<double> theta, Span<double> jacobian)
    {
        SpectrumArguments.Check(sigma, jacobian, theta.Length);
        CpabTransform transform = new(theta);

        for (int i = 0; i < sigma.Length; i++)
        {
            Span<double> row = jacobian.Slice(i * theta.Length, theta.Length);
            double point = GridPoint(i, sigma.Length);
            (int lower, _) = Locate(i, transform.ApplyWithGradient(point, row) - point, sigma.Length);
            int upper = Math.Min(lower + 1, sigma.Length - 1);
            double perIndex = (sigma.Length - 1) * (sigma[upper] - sigma[lower]);
            foreach (ref double value in row)
            {
                value *= perIndex;
            }
        }
    }

    // A single value sits at 0, where phi is fixed.
    private static double GridPoint(int index, int count) => count == 1 ? 0 : (double)index / (count - 1);

    // From the index on by what phi moved its point, not from phi itself: a point that did not move stays on its index exactly.
    private static (int Lower, double Weight) Locate(int index, double moved, int count)
    {
        double place = Math.Clamp(index + (moved * (count - 1)), 0, count - 1);
        int lower = (int)place;
        return (lower, place - lower);
    }
}
