using DiTask.Model.Data;

namespace DiTask.Model.Training.Balancing;

/// <summary>
/// PCGrad: each task's gradient meets the others in a random order and loses, of each that it conflicts with, its part along that one's original
/// gradient.
/// </summary>
/// <remarks><b>Source:</b> Yu et al., NeurIPS 2020.</remarks>
/// <param name="seed">Seed of the orders.</param>
/// <param name="reduction">Sum or mean of the projected gradients.</param>
/// <param name="order">The order in which a task (by index) meets the others; null draws it.</param>
internal sealed class ProjectionRule(long seed, GradientReduction reduction, Func<int, int[]>? order) : IGradientRule
{
    public double[] Coefficients(double[,] gram, double[] losses, long step)
    {
        int count = losses.Length;
        double[] total = new double[count];
        for (int task = 0; task < count; task++)
        {
            double[] own = new double[count];
            own[task] = 1;
            int[] met = order?.Invoke(task) ?? new CounterRandom(seed, RandomPurpose.Balancing, step, task).NextPermutation(count);
            foreach (int other in met.Where(other => other != task))
            {
                double along = Enumerable.Range(0, count).Sum(k => own[k] * gram[k, other]);
                if (along < 0)
                {
                    own[other] -= along / gram[other, other];
                }
            }

            for (int k = 0; k < count; k++)
            {
                total[k] += reduction == GradientReduction.Mean ? own[k] / count : own[k];
            }
        }

        return total;
    }
}
