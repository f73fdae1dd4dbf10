using System.Globalization;
using DiTask.Model.Diagnosis.Costs;
using DiTask.Model.Diagnosis.Gradients;
using DiTask.Model.Evaluation;

namespace DiTask.Model.Diagnosis.Signals;

/// <summary>From which stage on two tasks should have stages of their own.</summary>
/// <param name="Stage">First stage to split; null for none, or when it could not be judged.</param>
/// <param name="First">One task of the pair that says so.</param>
/// <param name="Second">The other.</param>
/// <param name="Parameters">Numbers that a second copy of the stages has.</param>
/// <param name="GigaMacs">Multiply-adds that it takes, in 10^9.</param>
/// <param name="Text">In plain words.</param>
internal sealed record SplitAdvice(string? Stage, string? First, string? Second, long Parameters, double GigaMacs, string Text)
{
    private const double MostConflicts = 0.5;

    /// <summary>The first stage where a pair conflicts in more than half of the batches, its mean cosine is below -2/sqrt(P), and one of the pair is better alone by more than two deviations.</summary>
    /// <param name="groups">Gradients stage by stage.</param>
    /// <param name="deltas">The shared network's gains over single-task networks; null without baselines.</param>
    /// <param name="cost">What the stages cost.</param>
    public static SplitAdvice Of(IReadOnlyList<GroupRelations> groups, IReadOnlyList<TaskDelta>? deltas, NetworkCost cost)
    {
        foreach (GroupRelations stage in groups.Where(group => group.Group.StartsWith("stage ", StringComparison.Ordinal)))
        {
            foreach (PairRelation pair in stage.Pairs.Where(pair => pair.ConflictRate > MostConflicts && stage.IsConflict(pair)))
            {
                string where = $"{pair.First} and {pair.Second} conflict from {stage.Group} on";
                if (deltas is null || deltas.All(delta => delta.BaselineDeviation is null))
                {
                    return new SplitAdvice(null, pair.First, pair.Second, 0, 0, $"{where}; whether a split would pay could not be judged without single-task results of two seeds or more.");
                }

                if (deltas.FirstOrDefault(delta => (delta.Task == pair.First || delta.Task == pair.Second) && IsBetterAlone(delta)) is { } gain)
                {
                    StageCost[] copied = [.. cost.Trunk.SkipWhile(part => part.Name != stage.Group)];
                    long parameters = copied.Sum(part => part.Parameters);
                    double macs = copied.Sum(part => part.GigaMacs);
                    return new SplitAdvice(stage.Group, pair.First, pair.Second, parameters, macs, string.Create(
                        CultureInfo.InvariantCulture,
                        $"{where}, and {gain.Task} is {-gain.Percent:0.0} % better alone: split from {stage.Group} on. A second copy of these stages has {parameters / 1e6:0.00} M parameters and takes {macs:0.00##} GMAC per picture."));
                }
            }
        }

        return new SplitAdvice(null, null, null, 0, 0, "No stage has a pair of tasks that both conflict in most batches and would be better apart.");
    }

    private static bool IsBetterAlone(TaskDelta delta) => delta.BaselineDeviation is { } deviation && -delta.Percent > 2 * 100 * deviation / delta.Baseline;
}
