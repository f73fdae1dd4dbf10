using DiTask.Cli.Compare;
using DiTask.Cli.Compare.Report;
using DiTask.Model.Training;

namespace DiTask.Model.Tests.Cli.Compare;

public sealed class ClaimResultTests
{
    private static readonly Claim Claim = new("P", "a", "b");

    // Of b, mIoU is 50 and the error 2. By hand: mIoU 55 and 52.5 are gains of 10 and 5 percent, errors of 1.8 and 1.9 the same, so the means are 10 and 5.
    [Fact]
    public void Of_TwoSeeds_GivesTheNumbersMadeByHand()
    {
        ClaimResult result = ClaimResult.Of(Claim, Rows(a: [(1, 55, 1.9), (2, 52.5, 1.8)], b: [(1, 50, 2), (2, 50, 2)]));

        Assert.Equal([10, 5], result.Tasks["semseg"].Percents, Close);
        Assert.Equal([5, 10], result.Tasks["depth"].Percents, Close);
        Assert.Equal([7.5, 7.5], result.Mean!.Percents, Close);
        Assert.Equal(7.5, result.Tasks["semseg"].Mean, 9);
        Assert.Equal(5 / Math.Sqrt(2), result.Tasks["semseg"].Deviation!.Value, 9);
        Assert.Equal(0, result.Mean.Deviation!.Value, 9);
        Assert.Equal(("met", 1, 1), (result.Verdict, result.Tasks["semseg"].Sign, result.Mean.Sign));
    }

    // The gains of the mean are {x, y}: their deviation is |x - y| / sqrt 2.
    [Theory]
    [InlineData(4, 2, "met")]            // 3 against 2.83
    [InlineData(4, 1.8, "within noise")] // 2.9 against 3.11
    [InlineData(1, -1, "within noise")]
    [InlineData(0, 0, "within noise")]
    [InlineData(-4, -1.8, "within noise")]
    [InlineData(-4, -2, "not met")]
    public void Verdict_NeedsTwoStandardDeviations(double first, double second, string expected)
    {
        ClaimResult result = ClaimResult.Of(Claim, Rows(a: [At(1, first), At(2, second)], b: [At(1, 0), At(2, 0)]));

        Assert.Equal(expected, result.Verdict);
    }

    [Fact]
    public void Of_SeedsOfOneRowOnly_AreLeftOut()
    {
        ClaimResult result = ClaimResult.Of(Claim, Rows(a: [At(1, 5), At(3, 100)], b: [At(2, 50), At(1, 0)]));

        Assert.Equal([5], result.Mean!.Percents, Close);
        Assert.Equal("one seed", result.Verdict);
    }

    [Fact]
    public void Verdict_NothingInCommonOrNoNumber_SaysWhy()
    {
        Assert.StartsWith("not judged: no run", ClaimResult.Of(Claim, Rows(a: [At(1, 5)], b: [At(2, 5)])).Verdict, StringComparison.Ordinal);
        Assert.StartsWith("not judged: no run", ClaimResult.Of(Claim with { Better = "c" }, Rows(a: [], b: [At(2, 5)])).Verdict, StringComparison.Ordinal);
        Assert.StartsWith("not judged: a score", ClaimResult.Of(Claim, Rows(a: [At(1, 5)], b: [(1, 0, 2)])).Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_CountsTasksThatAreBetterAndClearlySo()
    {
        string table = ClaimTable.Of([ClaimResult.Of(Claim, Rows(a: [(1, 55, 1.9), (2, 54.5, 2.02)], b: [(1, 50, 2), (2, 50, 2)]))]);

        Assert.Equal("| P | a | b | +9.50 ±0.71 | +2.00 ±4.24 | +5.75 ±2.47 | 2 of 2, 1 clearly | 2 | met |", table.Split('\n')[2]);
        Assert.StartsWith("| claim | better | than | semseg | depth | mean |", table, StringComparison.Ordinal);
    }

    private static bool Close(double first, double second) => Math.Abs(first - second) < 1e-9;

    private static (long, double, double) At(long seed, double percent) => (seed, 50 * (1 + (percent / 100)), 2 * (1 - (percent / 100)));

    private static ComparedRow[] Rows((long Seed, double Iou, double Error)[] a, (long Seed, double Iou, double Error)[] b) => [Row("a", a), Row("b", b)];

    private static ComparedRow Row(string name, (long Seed, double Iou, double Error)[] runs) => new(
        name,
        [.. runs.Select(run => new ComparedRun(
            name,
            run.Seed,
            new Dictionary<string, ComparedScore> { ["depth"] = new("depth.rmse", run.Error, false), ["semseg"] = new("semseg.miou", run.Iou, true) },
            new ParameterReport(0, 0, 0, 0, 1, 0, 0),
            1))],
        []);
}
