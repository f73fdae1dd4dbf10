namespace DiTask.Model.Cpab;

/// <summary>
/// The paper's text: phi maps the values themselves. They are divided by the largest one to lie in [0, 1] and multiplied by it
/// again, so the largest and 0 never change. Not what official checkpoints were trained with.
/// </summary>
/// <remarks><b>Source:</b> reference specification 1.4; the paper does not say how values enter [0, 1], the scale is our choice.</remarks>
internal sealed class ValueWarp : ISpectrumWarp
{
    /// <inheritdoc/>
    public string Name => "value";

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<double> sigma, ReadOnlySpan<double> theta, Span<double> warped)
    {
        SpectrumArguments.Check(sigma, warped, 1);
        CpabTransform transform = new(theta);

        double largest = Largest(sigma);
        for (int i = 0; i < sigma.Length; i++)
        {
            // A matrix of zeros has no scale; zeros stay zeros under any warp.
            warped[i] = largest == 0 ? 0 : largest * transform.Apply(sigma[i] / largest);
        }
    }

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> sigma, ReadOnlySpan<double> theta, Span<double> jacobian)
    {
        SpectrumArguments.Check(sigma, jacobian, theta.Length);
        CpabTransform transform = new(theta);

        double largest = Largest(sigma);
        for (int i = 0; i < sigma.Length; i++)
        {
            Span<double> row = jacobian.Slice(i * theta.Length, theta.Length);
            transform.ApplyWithGradient(largest == 0 ? 0 : sigma[i] / largest, row);
            foreach (ref double value in row)
            {
                value *= largest;
            }
        }
    }

    private static double Largest(ReadOnlySpan<double> sigma)
    {
        double largest = 0;
        foreach (double value in sigma)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
