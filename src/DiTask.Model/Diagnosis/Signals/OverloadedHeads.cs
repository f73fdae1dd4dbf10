using System.Globalization;
using DiTask.Model.Diagnosis.Probes;

namespace DiTask.Model.Diagnosis.Signals;

/// <summary>The second signal: heads that have to make up for what the shared trunk does not give them.</summary>
internal static class OverloadedHeads
{
    private const string Name = "Heads overloaded";
    private const double HeadOverTrunk = 10;

    /// <summary>There when either half is: gradients that pile up in a head, or a network of the task's own whose features say more. Absent only when both are.</summary>
    /// <param name="now">Norm of the head's gradient over that of the trunk, by task.</param>
    /// <param name="earlier">The same at an earlier checkpoint; null without one.</param>
    /// <param name="probes">Linear probes, of the tasks that a single-task network was given of.</param>
    public static Signal Judge(IReadOnlyDictionary<string, double> now, IReadOnlyDictionary<string, double>? earlier, IReadOnlyList<ProbeResult> probes)
    {
        (SignalState gradients, string first) = Gradients(now, earlier);
        (SignalState features, string second) = Features([.. now.Keys], probes);
        SignalState[] halves = [gradients, features];
        SignalState state = halves.Contains(SignalState.Present) ? SignalState.Present : halves.Contains(SignalState.Unknown) ? SignalState.Unknown : SignalState.Absent;
        string open = state != SignalState.Unknown ? "" : halves.Contains(SignalState.Absent) ? "Half judged. " : "Could not be judged. ";
        return new Signal(Name, state, $"{open}{first} {second}");
    }

    private static (SignalState State, string Text) Gradients(IReadOnlyDictionary<string, double> now, IReadOnlyDictionary<string, double>? earlier)
    {
        string[] large = [.. now.Where(task => task.Value > HeadOverTrunk).Select(task => task.Key)];
        if (large.Length == 0)
        {
            KeyValuePair<string, double> most = now.MaxBy(task => task.Value);
            return (SignalState.Absent, Invariant($"No head's gradient exceeds the trunk's {HeadOverTrunk} times; {most.Key} comes nearest with {most.Value:0.00}."));
        }

        string listed = string.Join(", ", large.Select(task => Invariant($"{task} {now[task]:0.0}")));
        if (earlier is null)
        {
            return (SignalState.Unknown, $"Head over trunk is {listed}, but without an earlier checkpoint (--earlier) it is not known whether that grows.");
        }

        string[] growing = [.. large.Where(task => now[task] > earlier.GetValueOrDefault(task, double.PositiveInfinity))];
        return growing.Length > 0
            ? (SignalState.Present, $"Gradients pile up in the heads, and more than before: {string.Join(", ", growing.Select(task => Invariant($"{task} {earlier[task]:0.0} to {now[task]:0.0} times the trunk's")))}.")
            : (SignalState.Absent, $"Head over trunk is {listed}, but does not grow.");
    }

    private static (SignalState State, string Text) Features(IReadOnlyList<string> tasks, IReadOnlyList<ProbeResult> probes)
    {
        ProbeResult[] known = [.. probes.Where(probe => probe.IsKnown)];
        ProbeResult[] better = [.. known.Where(probe => probe.IsBetterAlone)];
        if (better.Length > 0)
        {
            return (SignalState.Present, $"A linear probe reads more from single-task features than from the shared ones: {string.Join(", ", better.Select(probe => Invariant($"{probe.Task} {probe.Single:0.000} of the labels' variance against {probe.Shared:0.000}")))}.");
        }

        string[] without = [.. tasks.Except(probes.Select(probe => probe.Task))];
        if (without.Length > 0)
        {
            return (SignalState.Unknown, $"Whether features of a network of its own would say more is not known of {string.Join(", ", without)}: that takes a single-task checkpoint (--single).");
        }

        if (known.Length < probes.Count)
        {
            return (SignalState.Unknown, $"Linear probes of {string.Join(", ", probes.Except(known).Select(probe => probe.Task))} could not be judged: it takes {ProbeResult.FewestPictures} pictures with labels that differ.");
        }

        ProbeResult nearest = known.MaxBy(probe => probe.Difference)!;
        return (SignalState.Absent, Invariant($"No task's linear probe reads more from single-task features by {ProbeResult.Margin} of the labels' variance; {nearest.Task} comes nearest with {nearest.Difference:+0.000;-0.000;0.000}."));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
