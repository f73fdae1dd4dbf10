namespace DiTask.Model.Cpab;

/// <summary>
/// The diffeomorphism phi(x; theta) of [0, 1]: where a point that starts at x and follows the velocity field of theta is at
/// time 1. Increasing, phi(0) = 0 and phi(1) = 1 exactly, the identity for theta = 0; -theta gives the inverse.
/// </summary>
/// <remarks>
/// Integrated cell by cell in closed form, in float64 and with exact cell boundaries, where the reference steps 2^-23 over
/// them in float32. Construction allocates once; the transform itself does not allocate. Safe to share between threads.
/// <para><b>Source:</b> reference specification 1.3 and 1.5.</para>
/// </remarks>
internal sealed class CpabTransform
{
    private readonly VelocityBasis basis;
    private readonly double[] velocities;

    /// <summary>The transform of <paramref name="theta"/> [n-1].</summary>
    /// <exception cref="ArgumentException">Theta is empty, not finite, or so large that a velocity overflows.</exception>
    public CpabTransform(ReadOnlySpan<double> theta)
    {
        Tessellation = Tessellation.OfParameters(theta.Length);
        basis = new VelocityBasis(Tessellation);
        velocities = new double[Tessellation.TessellationSize + 1];
        basis.NodalVelocities(theta, velocities);
    }

    /// <summary>The cells.</summary>
    public Tessellation Tessellation { get; }

    /// <summary>phi at each of <paramref name="points"/>.</summary>
    /// <param name="points">Points in [0, 1], in any order.</param>
    /// <param name="results">Receives as many values. May be the same memory as the points.</param>
    /// <exception cref="ArgumentException">The buffers differ in length, or a point lies outside [0, 1].</exception>
    public void Apply(ReadOnlySpan<double> points, Span<double> results)
    {
        if (points.Length != results.Length)
        {
            throw new ArgumentException($"{points.Length} points, but room for {results.Length} results.", nameof(results));
        }

        for (int i = 0; i < points.Length; i++)
        {
            results[i] = Apply(points[i]);
        }
    }

    /// <summary>phi(<paramref name="x"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is outside [0, 1] or not a number.</exception>
    public double Apply(double x) => Integrate(x, []);

    /// <summary>phi(<paramref name="x"/>) and its derivative in each element of theta.</summary>
    /// <param name="x">A point in [0, 1].</param>
    /// <param name="gradient">Receives d phi / d theta [n-1].</param>
    /// <exception cref="ArgumentException">A gradient of another length, or <paramref name="x"/> outside [0, 1].</exception>
    public double ApplyWithGradient(double x, Span<double> gradient)
    {
        if (gradient.Length != Tessellation.ParameterCount)
        {
            throw new ArgumentException($"The gradient has room for {gradient.Length} values, theta has {Tessellation.ParameterCount}.", nameof(gradient));
        }

        gradient.Clear();
        return Integrate(x, gradient);
    }

    private double Integrate(double x, Span<double> gradient)
    {
        if (!(x >= 0 && x <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "A point must lie in [0, 1].");
        }

        if (x is 0 or 1)
        {
            return x;
        }

        int cell = Tessellation.CellOf(x);
        double velocity = VelocityIn(cell, x);
        int direction = Math.Sign(velocity);
        double time = 1;
        while (true)
        {
            // A field is zero at the ends of [0, 1] and keeps its sign along a path, so the walk stops before it leaves the cells.
            int exitVertex = direction > 0 ? cell + 1 : cell;
            double exit = Tessellation.Vertex(exitVertex);
            double exitVelocity = velocities[exitVertex];
            double slope = SlopeOf(cell);
            double exitTime = TimeToReach(exit - x, velocity, exitVelocity, slope);
            double step = Math.Min(time, exitTime);
            AdvanceGradient(gradient, cell, x, velocity, slope, step);
            if (exitTime >= time)
            {
                // At rest even in a cell so steep that the exponential overflows.
                double end = velocity == 0 ? x : x + (velocity * step * ExponentialRatios.Exponential(slope * step));
                return Math.Clamp(end, Tessellation.Vertex(cell), Tessellation.Vertex(cell + 1));
            }

            x = exit;
            velocity = exitVelocity;
            time -= exitTime;
            cell += direction;
        }
    }

    // Relative to the cell's left vertex, not to 0: the intercept at 0 would cancel most digits of a steep cell far right.
    private double VelocityIn(int cell, double x) => velocities[cell] + (SlopeOf(cell) * (x - Tessellation.Vertex(cell)));

    private double SlopeOf(int cell) => Tessellation.TessellationSize * (velocities[cell + 1] - velocities[cell]);

    /// <summary>Time from here to the vertex ahead; infinite when a fixed point lies between or here.</summary>
    private static double TimeToReach(double distance, double velocity, double exitVelocity, double slope)
    {
        if (velocity == 0 || Math.Sign(exitVelocity) != Math.Sign(velocity))
        {
            return double.PositiveInfinity;
        }

        double ratio = exitVelocity / velocity;
        return ratio is > 0.5 and < 2
            ? Math.Max(0, distance / velocity * ExponentialRatios.Logarithm(ratio))
            // Two logarithms, because the ratio of a velocity to one next to a fixed point may overflow.
            : (Math.Log(Math.Abs(exitVelocity)) - Math.Log(Math.Abs(velocity))) / slope;
    }

    /// <summary>
    /// Moves d x / d theta along a path inside one cell. It obeys d' = slope d + v_k(x), whose solution along the exponential
    /// x(t) is closed; the field is continuous, so nothing is added where a path changes cells.
    /// </summary>
    private void AdvanceGradient(Span<double> gradient, int cell, double x, double velocity, double slope, double step)
    {
        if (gradient.IsEmpty)
        {
            return;
        }

        double growth = Math.Exp(slope * step);
        double first = step * ExponentialRatios.Exponential(slope * step);
        double second = velocity * step * step * ExponentialRatios.SecondOrder(slope * step);
        for (int k = 1; k <= gradient.Length; k++)
        {
            (double value, double functionSlope) = basis.Function(k, cell, x);
            gradient[k - 1] = (growth * gradient[k - 1]) + (value * first) + (functionSlope * second);
        }
    }
}
