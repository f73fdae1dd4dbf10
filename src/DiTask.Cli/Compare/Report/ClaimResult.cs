using DiTask.Model.Evaluation;
using DiTask.Model.Tasks;

namespace DiTask.Cli.Compare.Report;

/// <summary>What the runs say of a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Tasks">Gains task by task.</param>
/// <param name="Mean">Gains of each seed, mean over the tasks; null without a seed and a task that both rows have.</param>
internal sealed record ClaimResult(Claim Claim, IReadOnlyDictionary<string, PairedGain> Tasks, PairedGain? Mean)
{
    /// <summary>Met, not met (worse), within noise; or why it cannot be said.</summary>
    public string Verdict => Mean is null ? "not judged: no run in common"
        : !double.IsFinite(Mean.Mean) ? "not judged: a score is 0 or not finite"
        : Mean.Sign switch
        {
            null => "one seed",
            > 0 => "met",
            < 0 => "not met",
            _ => "within noise",
        };

    /// <summary>Judges a claim by the runs that are done: runs of the same seed are compared with each other.</summary>
    public static ClaimResult Of(Claim claim, IReadOnlyList<ComparedRow> rows)
    {
        (ComparedRun Better, ComparedRun Than)[] pairs = [.. Runs(claim.Better).Join(Runs(claim.Than), run => run.Seed, run => run.Seed, (better, than) => (better, than))];
        Dictionary<string, PairedGain> tasks = TaskCatalog.Names
            .Where(task => pairs.Length > 0 && pairs.All(pair => pair.Better.Scores.ContainsKey(task) && pair.Than.Scores.ContainsKey(task)))
            .ToDictionary(task => task, task => new PairedGain([.. pairs.Select(pair => Gain(pair.Better.Scores[task], pair.Than.Scores[task]))]));
        return new ClaimResult(claim, tasks, tasks.Count == 0 ? null : new PairedGain([.. pairs.Select((_, seed) => tasks.Values.Average(gain => gain.Percents[seed]))]));

        IEnumerable<ComparedRun> Runs(string row) => rows.Where(item => item.Name == row).SelectMany(item => item.Runs);
    }

    private static double Gain(ComparedScore value, ComparedScore than) => DeltaM.Gain(value.Value, than.Value, value.HigherIsBetter);
}
