using DiTask.Model.Cpab;

namespace DiTask.Model.Tests.Cpab;

public sealed class IndexWarpTests
{
    // The vectors print float32 results.
    private const double RelativeFloat32 = 2e-6;

    [Fact]
    public void Apply_V1_GivesTheVector() => Close(
        [8, 6.6274548, 5.5791054, 4.825836, 3.3360152, 1.916904, 1.4493289, 1],
        Warp([8, 7, 6, 5, 4, 3, 2, 1], 0.3f, -0.5f, 0.8f));

    [Fact]
    public void Apply_V2_GivesTheVector() => Close(
        [1, 0.26306647, 0.15794966, 0.125, 0.10852519, 0.04112181, 0.009477042, 0.00627551, 0.00390625],
        Warp([.. Enumerable.Range(0, 9).Select(i => Math.Pow(2, -i))], 1, -1, 0.5));

    [Fact]
    public void Apply_V3_GivesTheVectorAndItsSum()
    {
        int[] indices = [0, 1, 2, 10, 31, 47, 48, 63, 80, 94, 95];
        double[] sigma = [.. Enumerable.Range(0, 96).Select(i => Math.Exp(-3.0 * i / 95))];

        double[] warped = Warp(sigma, [.. Enumerable.Range(1, 63).Select(k => (double)(float)(0.5 * Math.Sin(k)))]);

        Close(
            [1, 0.94857025, 0.9231595, 0.7134752, 0.37716663, 0.2237894, 0.21762092, 0.14080513, 0.08289124, 0.05125616, 0.049787067],
            [.. indices.Select(index => warped[index])]);
        Assert.Equal(30.76703669, warped.Sum(), 1e-5);
    }

    [Fact]
    public void Apply_V4ThetaZero_MovesNothingByMoreThanOneUnitInTheLastPlace()
    {
        double[] sigma = [.. Enumerable.Range(0, 96).Select(i => Math.Exp(-3.0 * i / 95))];

        double[] warped = Warp(sigma, new double[63]);

        Assert.All(sigma.Zip(warped), pair => Assert.InRange(pair.Second, Math.BitDecrement(pair.First), Math.BitIncrement(pair.First)));
    }

    [Fact]
    public void Apply_OneValue_KeepsIt() => Assert.Equal([2.5], Warp([2.5], 0.3, -0.5, 0.8));

    [Fact]
    public void Apply_TwoValues_KeepsBoth() => Assert.Equal([2.5, 0.5], Warp([2.5, 0.5], 0.3, -0.5, 0.8));

    [Fact]
    public void Apply_RepeatedValues_StayEqual() => Assert.Equal([3, 3, 3, 3], Warp([3, 3, 3, 3], 0.3, -0.5, 0.8));

    [Fact]
    public void Apply_ZerosTail_StaysNonNegativeAndEndsInZero()
    {
        double[] warped = Warp([4, 2, 0, 0, 0], -1, 0.4, 0.2);

        Assert.Equal(4, warped[0]);
        Assert.Equal(0, warped[^1]);
        Assert.All(warped, value => Assert.InRange(value, 0, 4));
    }

    [Fact]
    public void Jacobian_DistinctValues_MatchesCentralDifferences() =>
        JacobianCheck.MatchesCentralDifferences(new IndexWarp(), [8, 7.5, 5, 4.2, 2, 1.9, 0.3], [0.31, -0.52, 0.83, 0.17]);

    [Fact]
    public void Jacobian_OneValue_IsZero()
    {
        double[] jacobian = [7, 7];

        new IndexWarp().Jacobian([2.5], [0.4, 0.2], jacobian);

        Assert.Equal([0, 0], jacobian);
    }

    private static double[] Warp(double[] sigma, params double[] theta)
    {
        double[] warped = new double[sigma.Length];
        new IndexWarp().Apply(sigma, theta, warped);
        return warped;
    }

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(1, pair.Second / pair.First, RelativeFloat32));
    }
}
