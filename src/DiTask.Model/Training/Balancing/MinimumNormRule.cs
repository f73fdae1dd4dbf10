namespace DiTask.Model.Training.Balancing;

/// <summary>
/// MGDA: the combination of least length with shares that are 1 together. It is a descent direction for every task, or 0 where there is none.
/// </summary>
/// <remarks>
/// The shares are found on gradients that are normalised as asked; the step is the sum of the gradients as they are. A task without gradient (a batch
/// without its labels) sits out: else the least length would always be its 0. <b>Source:</b> Sener and Koltun, NeurIPS 2018.
/// </remarks>
internal sealed class MinimumNormRule(GradientNormalization normalization) : IGradientRule
{
    public double[] Coefficients(double[,] gram, double[] losses, long step)
    {
        int[] active = [.. Enumerable.Range(0, losses.Length).Where(i => gram[i, i] > 0)];
        double[] shares = new double[losses.Length];
        if (active.Length == 0)
        {
            return shares;
        }

        double[] sizes = [.. active.Select(i => Size(Math.Sqrt(gram[i, i]), losses[i]))];
        double[,] scaled = new double[active.Length, active.Length];
        for (int i = 0; i < active.Length; i++)
        {
            for (int j = 0; j < active.Length; j++)
            {
                scaled[i, j] = gram[active[i], active[j]] / (sizes[i] * sizes[j]);
            }
        }

        double[] found = MinimumNormPoint.Solve(scaled);
        for (int i = 0; i < active.Length; i++)
        {
            shares[active[i]] = found[i];
        }

        return shares;
    }

    private double Size(double length, double loss)
    {
        double size = normalization switch
        {
            GradientNormalization.L2 => length,
            GradientNormalization.Loss => loss,
            GradientNormalization.LossTimesL2 => loss * length,
            _ => 1,
        };
        return size > 0 && double.IsFinite(size) ? size : 1;
    }
}
