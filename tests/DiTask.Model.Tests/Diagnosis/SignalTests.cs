using DiTask.Model.Diagnosis.Affinity;
using DiTask.Model.Diagnosis.Costs;
using DiTask.Model.Diagnosis.Gradients;
using DiTask.Model.Diagnosis.Signals;
using DiTask.Model.Evaluation;
using DiTask.Model.Training.Balancing;

namespace DiTask.Model.Tests.Diagnosis;

public sealed class SignalTests
{
    [Theory]
    [InlineData(0, 0, Verdict.Keep)]
    [InlineData(1, 0, Verdict.Keep)]
    [InlineData(2, 0, Verdict.Adapters)]
    [InlineData(3, 0, Verdict.Split)]
    [InlineData(4, 0, Verdict.Split)]
    [InlineData(1, 3, Verdict.Keep)]
    public void Verdict_OfSoManySignals_IsTheRule(int present, int unknown, string advice)
    {
        Signal[] signals = [.. Enumerable.Range(0, 4).Select(index => new Signal("", index < present ? SignalState.Present : index < present + unknown ? SignalState.Unknown : SignalState.Absent, ""))];

        Verdict verdict = Verdict.Of(signals);

        Assert.Equal(advice, verdict.Advice);
        Assert.Equal((present, unknown), (verdict.Present, verdict.Unknown));
        Assert.Equal(unknown > 0, verdict.Text.Contains("could not be judged", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, -0.21, 100, 20, nameof(SignalState.Present))]
    [InlineData(2, -0.21, 100, 20, nameof(SignalState.Present))]
    [InlineData(1, -0.21, 100, 20, nameof(SignalState.Absent))]
    [InlineData(3, -0.19, 100, 20, nameof(SignalState.Absent))]
    [InlineData(3, 0.9, 100, 20, nameof(SignalState.Absent))]
    [InlineData(3, -0.9, 100, 19, nameof(SignalState.Unknown))]
    public void Opposed_OneStage_LooksAtTheLaterHalfBeyondTheEffectiveNoise(int stage, double cosine, double dimension, int batches, string state) =>
        Assert.Equal(state, SignalRules.Opposed([.. Enumerable.Range(0, 4).Select(index => new GroupRelations(
            $"stage {index}", 1_000_000, batches, 0.001, [new PairRelation("depth", "sal", index == stage ? cosine : 0, 0, 0, 0, 1, dimension, [])]))]).State.ToString());

    [Theory]
    [InlineData(new double[] { -1, -2, -3, -4 }, nameof(SignalState.Present))]
    [InlineData(new double[] { 1, 2, 3, 4 }, nameof(SignalState.Absent))]
    [InlineData(new double[] { 1, 2, 2, 1 }, nameof(SignalState.Absent))]
    public void ZeroSum_ChangesOfTwoTasks_LooksForOppositeOnes(double[] second, string state) =>
        Assert.Equal(state, SignalRules.ZeroSum(Changes([1, 2, 3, 4], second)).State.ToString());

    [Fact]
    public void ZeroSum_WithoutAnEarlierCheckpointOrEnoughPictures_SaysSo()
    {
        Assert.Contains("--earlier", SignalRules.ZeroSum(null).Text, StringComparison.Ordinal);
        Assert.Equal(SignalState.Unknown, SignalRules.ZeroSum(Changes([1, 2, 3], [3, 2, 1])).State);
    }

    [Theory]
    [InlineData(-1.1, nameof(SignalState.Present))]
    [InlineData(-0.9, nameof(SignalState.Absent))]
    [InlineData(5, nameof(SignalState.Absent))]
    public void Fear_OneLoss_IsComparedWithTheSeeds(double gain, string state) =>
        Assert.Equal(state, SignalRules.Fear(Matrix(gain), Seeds(99, 100, 101)).State.ToString());

    [Fact]
    public void Fear_OneSeedOrNone_CannotBeJudged()
    {
        Assert.Equal(SignalState.Unknown, SignalRules.Fear(Matrix(-50), Seeds(100)).State);
        Assert.Contains("--baselines", SignalRules.Fear(Matrix(-50), null).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.6, 0.1, 3, true, false)]
    [InlineData(-0.4, 0.1, 3, false, false)]
    [InlineData(-0.6, 0.4, 3, false, false)]
    [InlineData(-0.9, 0.4, 3, true, false)]
    [InlineData(-3, null, 1, true, true)]
    public void Badge_OfADifference_SuffersBeyondTheLargerLimit(double percent, double? deviation, int seeds, bool suffers, bool indicative)
    {
        TransferBadge badge = TransferBadge.Of(new TaskDelta("sal", "sal.miou", 100 + percent, 100, seeds, percent, deviation));

        Assert.Equal((suffers, indicative), (badge.Suffers, badge.Indicative));
    }

    [Theory]
    [InlineData(0.55, -0.25, -2.1, "stage 2")]
    [InlineData(0.50, -0.25, -2.1, null)]
    [InlineData(0.55, -0.15, -2.1, null)]
    [InlineData(0.55, -0.25, -1.9, null)]
    public void Split_NeedsTheRateTheCosineAndTheGainAlone(double rate, double cosine, double percent, string? expected)
    {
        GroupRelations[] stages = [.. Enumerable.Range(0, 4).Select(stage => new GroupRelations(
            $"stage {stage}", 100, 20, 0.1, [new PairRelation("depth", "sal", stage < 2 ? 0.3 : cosine, 0, stage < 2 ? 0 : rate, stage < 2 ? 0 : rate, 1, 50, [])]))];
        NetworkCost cost = new([.. stages.Select((stage, index) => new StageCost(stage.Group, 1_000_000 * (index + 1), index + 1))], [], 0);

        SplitAdvice advice = SplitAdvice.Of(stages, [new TaskDelta("depth", "depth.rmse", 1, 1, 3, percent, 0.01)], cost);

        Assert.Equal(expected, advice.Stage);
        Assert.Equal(expected is null ? (0, 0) : (7_000_000, 7), (advice.Parameters, advice.GigaMacs));
        Assert.Equal(expected is not null, advice.Text.Contains("7.00 M parameters and takes 7.00 GMAC", StringComparison.Ordinal));
    }

    private static PearsonMatrix Changes(double[] first, double[] second) =>
        PearsonMatrix.Of(new Dictionary<string, double[]> { ["depth"] = first, ["sal"] = second }, new HashSet<string> { "depth", "sal" });

    private static TaskMatrix Matrix(double gain) => new(["depth", "sal"], [[-40, gain], [0, -40]]);

    private static Baselines Seeds(params double[] values) =>
        new("own", "mtlora", new Dictionary<string, Baseline> { ["depth"] = new("depth.rmse", values), ["sal"] = new("sal.miou", values) });
}
