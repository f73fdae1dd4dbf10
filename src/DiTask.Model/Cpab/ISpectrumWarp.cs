namespace DiTask.Model.Cpab;

/// <summary>A map of a matrix's singular values that parameters steer. Folding applies it once; training needs its Jacobian.</summary>
internal interface ISpectrumWarp
{
    /// <summary>Name in manifests and on the command line.</summary>
    string Name { get; }

    /// <summary>Warps a spectrum.</summary>
    /// <param name="sigma">Singular values [k], descending, not negative.</param>
    /// <param name="theta">Parameters [n-1].</param>
    /// <param name="warped">Receives [k], descending. May not overlap <paramref name="sigma"/>.</param>
    /// <exception cref="ArgumentException">A buffer of another length, an empty or not finite spectrum, or a theta that is empty or not finite.</exception>
    void Apply(ReadOnlySpan<double> sigma, ReadOnlySpan<double> theta, Span<double> warped);

    /// <summary>Derivative of the warped spectrum in theta.</summary>
    /// <param name="sigma">Singular values [k], descending, not negative.</param>
    /// <param name="theta">Parameters [n-1].</param>
    /// <param name="jacobian">Receives d warped / d theta [k, n-1], row-major.</param>
    /// <exception cref="ArgumentException">As for <see cref="Apply"/>.</exception>
    void Jacobian(ReadOnlySpan<double> sigma, ReadOnlySpan<double> theta, Span<double> jacobian);
}
