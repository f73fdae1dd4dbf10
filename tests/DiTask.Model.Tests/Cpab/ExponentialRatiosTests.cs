using DiTask.Model.Cpab;

namespace DiTask.Model.Tests.Cpab;

public sealed class ExponentialRatiosTests
{
    // Expected values are the power series summed until they no longer change.
    private const double Relative = 4e-15;

    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(-1e-17)]
    [InlineData(1e-9)]
    [InlineData(-1e-4)]
    [InlineData(0.3)]
    [InlineData(-0.49)]
    [InlineData(0.51)]
    [InlineData(0.6931)]
    [InlineData(-3)]
    [InlineData(4.5)]
    public void Ratios_AnySize_MatchTheirSeries(double z)
    {
        double exponential = 0;
        double second = 0;
        double power = 1;
        for (int m = 0; m < 80; m++)
        {
            exponential += power / (m + 1);
            second += power * (m + 1) / ((m + 1) * (m + 2.0));
            power *= z / (m + 1);
        }

        Assert.Equal(1, ExponentialRatios.Exponential(z) / exponential, Math.Exp(Math.Abs(z)) * Relative);
        Assert.Equal(1, ExponentialRatios.SecondOrder(z) / second, Math.Exp(Math.Abs(z)) * Relative);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1 + 1e-15)]
    [InlineData(1 - 1e-9)]
    [InlineData(1.9)]
    [InlineData(0.6)]
    public void Logarithm_NearOne_IsTheInverseOfExponential(double u) =>
        Assert.Equal(1, ExponentialRatios.Logarithm(u) * ExponentialRatios.Exponential(Math.Log(u)), Relative);

    [Fact]
    public void Exponential_ExtremeArguments_TendToTheirLimits()
    {
        Assert.Equal(1e-3, ExponentialRatios.Exponential(-1000));
        Assert.Equal(double.PositiveInfinity, ExponentialRatios.Exponential(1000));
    }
}
