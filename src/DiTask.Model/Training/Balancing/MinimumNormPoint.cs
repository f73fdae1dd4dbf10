namespace DiTask.Model.Training.Balancing;

/// <summary>The point of least length in the convex hull of a few vectors.</summary>
/// <remarks>
/// Frank and Wolfe's method with pairwise steps and exact line search: weight moves from the worst vector that has some to the best one. With two
/// vectors the first step is the closed form. <b>Source:</b> Lacoste-Julien and Jaggi 2015.
/// </remarks>
internal static class MinimumNormPoint
{
    private const int MostSteps = 10_000;
    private const double RelativeGap = 1e-14;

    /// <summary>Shares a_i, at least 0 and 1 together, that make the length of the sum of a_i g_i least.</summary>
    /// <param name="gram">g_i . g_j.</param>
    public static double[] Solve(double[,] gram)
    {
        int count = gram.GetLength(0);
        int[] all = [.. Enumerable.Range(0, count)];
        double[] shares = new double[count];
        shares[all.MinBy(i => gram[i, i])] = 1;
        double largest = all.Max(i => gram[i, i]);
        for (int step = 0; step < MostSteps; step++)
        {
            double[] slopes = [.. all.Select(i => all.Sum(j => gram[i, j] * shares[j]))];
            int towards = all.MinBy(i => slopes[i]);
            int from = all.Where(i => shares[i] > 0).MaxBy(i => slopes[i]);
            double gap = slopes[from] - slopes[towards];
            if (gap <= RelativeGap * largest)
            {
                break;
            }

            double curvature = gram[towards, towards] - (2 * gram[towards, from]) + gram[from, from];
            double moved = curvature > 0 ? Math.Min(shares[from], gap / curvature) : shares[from];
            shares[towards] += moved;
            shares[from] -= moved;
        }

        return shares;
    }
}
