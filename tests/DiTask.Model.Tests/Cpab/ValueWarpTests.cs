using DiTask.Model.Cpab;

namespace DiTask.Model.Tests.Cpab;

public sealed class ValueWarpTests
{
    [Fact]
    public void Apply_AnySpectrum_IsPhiOfTheScaledValue()
    {
        double[] theta = [0.3, -0.5, 0.8];
        CpabTransform phi = new(theta);

        double[] warped = Warp([4, 3, 1, 0.5], theta);

        Assert.Equal([4, 4 * phi.Apply(0.75), 4 * phi.Apply(0.25), 4 * phi.Apply(0.125)], warped);
    }

    [Fact]
    public void Apply_ScaledSpectrum_ScalesTheResult()
    {
        double[] sigma = [4, 3, 1, 0.5];

        double[] warped = Warp(sigma, 0.3, -0.5, 0.8);
        double[] scaled = Warp([.. sigma.Select(value => 8 * value)], 0.3, -0.5, 0.8);

        Assert.Equal(warped.Select(value => 8 * value), scaled);
    }

    [Fact]
    public void Apply_AllZeros_StayZeros() => Assert.Equal([0, 0, 0], Warp([0, 0, 0], 0.3, -0.5, 0.8));

    [Fact]
    public void Apply_ZerosTail_StaysZero() => Assert.Equal([0, 0], Warp([2, 1, 0, 0], 0.3, -0.5, 0.8)[2..]);

    [Fact]
    public void Apply_OneValue_KeepsIt() => Assert.Equal([2.5], Warp([2.5], 0.3, -0.5, 0.8));

    [Fact]
    public void Apply_RepeatedValues_StayEqual()
    {
        double[] warped = Warp([3, 2, 2, 1], 0.3, -0.5, 0.8);

        Assert.Equal(warped[1], warped[2]);
        Assert.NotEqual(2, warped[1]);
    }

    [Fact]
    public void Jacobian_DistinctValues_MatchesCentralDifferences() =>
        JacobianCheck.MatchesCentralDifferences(new ValueWarp(), [8, 7.5, 5, 4.2, 2, 1.9, 0], [0.31, -0.52, 0.83, 0.17]);

    [Fact]
    public void Jacobian_AllZeros_IsZero()
    {
        double[] jacobian = [7, 7, 7, 7];

        new ValueWarp().Jacobian([0, 0], [0.4, 0.2], jacobian);

        Assert.Equal([0, 0, 0, 0], jacobian);
    }

    private static double[] Warp(double[] sigma, params double[] theta)
    {
        double[] warped = new double[sigma.Length];
        new ValueWarp().Apply(sigma, theta, warped);
        return warped;
    }
}
