using DiTask.Model.Diagnosis.Probes;
using DiTask.Model.Diagnosis.Signals;

namespace DiTask.Model.Tests.Diagnosis;

public sealed class OverloadedHeadsTests
{
    private static readonly Dictionary<string, double> Calm = new() { ["depth"] = 9, ["sal"] = 3 };
    private static readonly Dictionary<string, double> Large = new() { ["depth"] = 12, ["sal"] = 3 };
    private static readonly Dictionary<string, double> Before = new() { ["depth"] = 8, ["sal"] = 1 };
    private static readonly Dictionary<string, double> LargerBefore = new() { ["depth"] = 13, ["sal"] = 1 };
    private static readonly ProbeResult[] Even = [Probe("depth", 0.01), Probe("sal", -0.1)];

    [Fact]
    public void Judge_GradientsAlone_CanBePresentButNotAbsent()
    {
        Assert.Equal(SignalState.Present, OverloadedHeads.Judge(Large, Before, []).State);
        Assert.Equal(SignalState.Unknown, OverloadedHeads.Judge(Large, LargerBefore, []).State);
        Signal calm = OverloadedHeads.Judge(Calm, null, []);
        Assert.Equal(SignalState.Unknown, calm.State);
        Assert.StartsWith("Half judged. No head's gradient", calm.Text, StringComparison.Ordinal);
        Assert.Contains("not known of depth, sal: that takes a single-task checkpoint (--single)", calm.Text, StringComparison.Ordinal);
        Assert.StartsWith("Could not be judged. ", OverloadedHeads.Judge(Large, null, []).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_BothHalves_AreBothNeededForAbsence()
    {
        Assert.Equal(SignalState.Absent, OverloadedHeads.Judge(Calm, null, Even).State);
        Assert.Equal(SignalState.Absent, OverloadedHeads.Judge(Large, LargerBefore, Even).State);
        Assert.Equal(SignalState.Present, OverloadedHeads.Judge(Large, Before, Even).State);
        Signal open = OverloadedHeads.Judge(Large, null, Even);
        Assert.Equal(SignalState.Unknown, open.State);
        Assert.Contains("--earlier", open.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_OneProbeThatIsBetterAlone_IsEnough()
    {
        Signal signal = OverloadedHeads.Judge(Calm, null, [Probe("sal", 0.3)]);

        Assert.Equal(SignalState.Present, signal.State);
        Assert.Contains("sal 0.800 of the labels' variance against 0.500", signal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ProbesOfSomeTasksOrTooFewPictures_LeaveItOpen()
    {
        Assert.Contains("not known of sal:", OverloadedHeads.Judge(Calm, null, [Probe("depth", 0)]).Text, StringComparison.Ordinal);
        Signal few = OverloadedHeads.Judge(Calm, null, [Probe("depth", 0), Probe("sal", 0.5) with { Pictures = 3 }]);
        Assert.Equal(SignalState.Unknown, few.State);
        Assert.Contains("Linear probes of sal could not be judged", few.Text, StringComparison.Ordinal);
    }

    private static ProbeResult Probe(string task, double difference) => new(task, 0.5, 0.5 + difference, difference, 0.001, 8);
}
