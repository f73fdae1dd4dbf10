using DiTask.Model.Charts;

namespace DiTask.Model.Tests.Charts;

public sealed class TicksTests
{
    [Fact]
    public void Between_TwoNumbers_AreRound() => Assert.Equal([-5, 0, 5, 10], Ticks.Between(-7, 12));

    [Fact]
    public void Logarithmic_Decades_AreOneTwoFive() => Assert.Equal([0.2, 0.5, 1, 2, 5], Ticks.Logarithmic(0.15, 6), (first, second) => Math.Abs(first - second) < 1e-12);

    [Fact]
    public void Logarithmic_NarrowRange_IsEvenlySpaced() => Assert.Equal([1.6, 1.7, 1.8, 1.9], Ticks.Logarithmic(1.58, 1.95), (first, second) => Math.Abs(first - second) < 1e-12);

    [Fact]
    public void Picture_LogarithmicAxisOfLossesWithAZero_IsDrawnAllTheSame()
    {
        LineChart chart = new("losses", [new LineChart.Line("a", [1, 0], "red")]) { HasZero = false, IsLogarithmic = true };

        Assert.DoesNotContain("NaN", chart.Draw(), StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", chart.Draw(), StringComparison.Ordinal);
    }
}
