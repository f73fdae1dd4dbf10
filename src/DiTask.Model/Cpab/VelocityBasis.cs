namespace DiTask.Model.Cpab;

/// <summary>
/// Basis of the continuous piecewise-affine velocity fields that are zero at 0 and at 1: function k = 1..n-1 rises with slope
/// 1/k from 0 to height 1/n at vertex k, falls with slope -1 to 0 at vertex k + 1, and stays there.
/// </summary>
/// <remarks><b>Source:</b> reference specification 1.2 (difw's <c>rref</c> basis, each function divided by its largest coefficient).</remarks>
internal sealed class VelocityBasis(Tessellation tessellation)
{
    /// <summary>The cells.</summary>
    public Tessellation Tessellation { get; } = tessellation;

    /// <summary>
    /// The matrix B [2n, n-1], row-major: B theta holds slope and intercept of each cell in turn. Rounded to float32 it is the
    /// reference's matrix bit for bit.
    /// </summary>
    public double[] Matrix()
    {
        int cells = Tessellation.TessellationSize;
        int parameters = Tessellation.ParameterCount;
        double[] matrix = new double[2 * cells * parameters];
        for (int k = 1; k <= parameters; k++)
        {
            for (int cell = 0; cell < k; cell++)
            {
                matrix[(2 * cell * parameters) + k - 1] = 1.0 / k;
            }

            matrix[(2 * k * parameters) + k - 1] = -1;
            matrix[(((2 * k) + 1) * parameters) + k - 1] = (k + 1.0) / cells;
        }

        return matrix;
    }

    /// <summary>Velocities at the n + 1 vertices.</summary>
    /// <param name="theta">Parameters [n-1].</param>
    /// <param name="velocities">Receives [n+1]; the first and the last are exactly 0.</param>
    /// <exception cref="ArgumentException">A buffer of another size, or an element of theta that is not finite or so large that a velocity overflows.</exception>
    public void NodalVelocities(ReadOnlySpan<double> theta, Span<double> velocities)
    {
        int cells = Tessellation.TessellationSize;
        RequireLength(theta.Length, Tessellation.ParameterCount, nameof(theta));
        RequireLength(velocities.Length, cells + 1, nameof(velocities));

        velocities[0] = 0;
        velocities[cells] = 0;
        double sum = 0;
        for (int k = Tessellation.ParameterCount; k >= 1; k--)
        {
            double value = theta[k - 1];
            if (!double.IsFinite(value))
            {
                throw new ArgumentException($"Theta must be finite; element {k - 1} of {theta.Length} is {value}.", nameof(theta));
            }

            // The height at vertex k of every function whose peak lies at k or further right is k / n times 1 / peak.
            sum += value / k;
            velocities[k] = sum * k / cells;
            if (!double.IsFinite(velocities[k]))
            {
                throw new ArgumentException($"Theta is too large: the velocity at vertex {k} of {cells} overflows.", nameof(theta));
            }
        }
    }

    /// <summary>Value and slope of basis function <paramref name="k"/> at <paramref name="x"/> in cell <paramref name="cell"/>.</summary>
    /// <param name="k">1..n-1.</param>
    /// <param name="cell">0..n-1.</param>
    /// <param name="x">A point of the closed cell.</param>
    public (double Value, double Slope) Function(int k, int cell, double x)
    {
        if (k > cell)
        {
            return (x / k, 1.0 / k);
        }

        return k == cell ? (Tessellation.Vertex(cell + 1) - x, -1) : (0, 0);
    }

    private static void RequireLength(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{name} holds {actual} values, expected {expected}.", name);
        }
    }
}
