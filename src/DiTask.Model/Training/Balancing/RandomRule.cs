using DiTask.Model.Data;

namespace DiTask.Model.Training.Balancing;

/// <summary>Random loss weighting: the softmax of normal numbers, new ones in every step. A control: what does not beat it balances nothing.</summary>
/// <remarks><b>Source:</b> Lin et al., TMLR 2022.</remarks>
internal sealed class RandomRule(long seed) : WeightRule
{
    public override double[] Factors(double[] losses, long step)
    {
        CounterRandom random = new(seed, RandomPurpose.Balancing, step);
        double[] normal = new double[losses.Length];
        for (int i = 0; i < normal.Length; i++)
        {
            // Box and Muller; 1 - u is never 0.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            normal[i] = radius * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        return Softmax.Of(normal);
    }
}
