using DiTask.Model.Cpab;

namespace DiTask.Model.Tests.Cpab;

/// <summary>Compares a warp's Jacobian with central differences of the warp itself.</summary>
internal static class JacobianCheck
{
    private const double Step = 1e-6;
    private const double Tolerance = 1e-7;

    public static void MatchesCentralDifferences(ISpectrumWarp warp, double[] sigma, double[] theta)
    {
        double[] jacobian = new double[sigma.Length * theta.Length];
        warp.Jacobian(sigma, theta, jacobian);

        Assert.Contains(jacobian, value => Math.Abs(value) > 0.1);
        for (int k = 0; k < theta.Length; k++)
        {
            double[] ahead = Warped(k, Step);
            double[] behind = Warped(k, -Step);
            for (int i = 0; i < sigma.Length; i++)
            {
                Assert.Equal((ahead[i] - behind[i]) / (2 * Step), jacobian[(i * theta.Length) + k], Tolerance);
            }
        }

        double[] Warped(int element, double step)
        {
            double[] moved = [.. theta];
            moved[element] += step;
            double[] warped = new double[sigma.Length];
            warp.Apply(sigma, moved, warped);
            return warped;
        }
    }
}
