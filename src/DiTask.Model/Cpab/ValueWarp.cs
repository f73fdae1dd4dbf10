namespace DiTask.Model.Cpab;

/// <summary>
/// The paper's text: phi maps the values themselves. They are divided by the top of the domain to lie in [0, 1] and multiplied by it
/// again, so the top and 0 never change. Where the top is the largest value that one is fixed; above it, every value can grow. Not what
/// official checkpoints were trained with.
/// </summary>
/// <remarks><b>Source:</b> reference specification 1.4; the paper does not say how values enter [0, 1], the scale is our choice.</remarks>
/// <param name="name">Name in manifests and on the command line.</param>
/// <param name="headroom">Top of the domain over the largest singular value; at least 1.</param>
internal sealed class ValueWarp(string name = "value", double headroom = 1) : ISpectrumWarp
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<double> sigma, ReadOnlySpan<double> theta, Span<double> warped)
    {
        SpectrumArguments.Check(sigma, warped, 1);
        CpabTransform transform = new(theta);

        double top = headroom * Largest(sigma);
        for (int i = 0; i < sigma.Length; i++)
        {
            // A matrix of zeros has no scale; zeros stay zeros under any warp.
            warped[i] = top == 0 ? 0 : top * transform.Apply(sigma[i] / top);
        }
    }

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> sigma, ReadOnlySpan<double> theta, Span<double> jacobian)
    {
        SpectrumArguments.Check(sigma, jacobian, theta.Length);
        CpabTransform transform = new(theta);

        double top = headroom * Largest(sigma);
        for (int i = 0; i < sigma.Length; i++)
        {
            Span<double> row = jacobian.Slice(i * theta.Length, theta.Length);
            transform.ApplyWithGradient(top == 0 ? 0 : sigma[i] / top, row);
            foreach (ref double value in row)
            {
                value *= top;
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
