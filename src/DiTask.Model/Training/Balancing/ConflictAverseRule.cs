namespace DiTask.Model.Training.Balancing;

/// <summary>
/// CAGrad: the step within a ball around the mean gradient g_0 that the worst-served task likes best: g_0 + c |g_0| g_w / |g_w|, where w on the simplex
/// minimises g_w . g_0 + c |g_0| |g_w|.
/// </summary>
/// <remarks><b>Source:</b> Liu et al., NeurIPS 2021.</remarks>
/// <param name="radius">c.</param>
/// <param name="rescale">Divide the step by 1 + c^2.</param>
internal sealed class ConflictAverseRule(double radius, bool rescale) : IGradientRule
{
    private const int MostSweeps = 200;
    private const int Halvings = 60;
    private const double SmallestMove = 1e-12;

    public double[] Coefficients(double[,] gram, double[] losses, long step)
    {
        int count = losses.Length;
        double[] mean = [.. Enumerable.Repeat(1.0 / count, count)];
        double reach = radius * Math.Sqrt(Math.Max(0, Quadratic(gram, mean)));
        double[] shares = Minimise(gram, mean, reach);
        double length = Math.Sqrt(Math.Max(0, Quadratic(gram, shares)));
        double stretch = length > 0 ? reach / length : 0;
        double divisor = rescale ? 1 + (radius * radius) : 1;
        return [.. shares.Select((share, i) => (mean[i] + (stretch * share)) / divisor)];
    }

    // Pair by pair, weight moves to where the objective, which is convex, has no slope along the pair.
    private static double[] Minimise(double[,] gram, double[] mean, double reach)
    {
        double[] shares = [.. mean];
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double moved = 0;
            for (int i = 0; i < shares.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double before = shares[i];
                    BalancePair(gram, mean, reach, shares, i, j);
                    moved = Math.Max(moved, Math.Abs(shares[i] - before));
                }
            }

            if (moved < SmallestMove)
            {
                break;
            }
        }

        return shares;
    }

    private static void BalancePair(double[,] gram, double[] mean, double reach, double[] shares, int i, int j)
    {
        double both = shares[i] + shares[j];
        double low = 0;
        double high = both;
        for (int halving = 0; halving < Halvings && low < high; halving++)
        {
            // The ends first: where the slope has one sign everywhere, bisection would only come near them.
            double middle = halving switch { 0 => high, 1 => low, _ => (low + high) / 2 };
            shares[i] = middle;
            shares[j] = both - middle;
            if (Slope(gram, mean, reach, shares, i, j) > 0)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        shares[i] = low;
        shares[j] = both - low;
    }

    private static double Slope(double[,] gram, double[] mean, double reach, double[] shares, int i, int j)
    {
        double length = Math.Sqrt(Math.Max(0, Quadratic(gram, shares)));
        double along = length > 0 ? reach / length * (Row(gram, i, shares) - Row(gram, j, shares)) : 0;
        return Row(gram, i, mean) - Row(gram, j, mean) + along;
    }

    private static double Row(double[,] gram, int row, double[] weights) => weights.Select((weight, k) => weight * gram[row, k]).Sum();

    private static double Quadratic(double[,] gram, double[] weights) => weights.Select((weight, k) => weight * Row(gram, k, weights)).Sum();
}
