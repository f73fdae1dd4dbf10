using System.Globalization;
using DiTask.Model.Diagnosis.Affinity;
using DiTask.Model.Diagnosis.Gradients;
using DiTask.Model.Evaluation;
using DiTask.Model.Training.Balancing;

namespace DiTask.Model.Diagnosis.Signals;

/// <summary>The first, third and fourth signal that a shared backbone should be split.</summary>
internal static class SignalRules
{
    /// <summary>Fewest batches for the first signal.</summary>
    public const int FewestBatches = 20;

    private const double ZeroSumCorrelation = -0.5;
    private const int FewestPictures = 4;
    private const int MostListed = 3;

    /// <summary>1: two tasks' gradients point against each other in the later half of the stages, by more than 2/sqrt(d_effective).</summary>
    public static Signal Opposed(IReadOnlyList<GroupRelations> groups)
    {
        const string name = "Objectives opposed";
        GroupRelations[] stages = [.. groups.Where(group => group.Group.StartsWith("stage ", StringComparison.Ordinal))];
        GroupRelations[] later = stages[(stages.Length / 2)..];
        if (later.Length == 0)
        {
            return new Signal(name, SignalState.Unknown, "Could not be judged: the tasks share no trained parameter in the stages.");
        }

        int batches = later.Min(stage => stage.Batches);
        if (batches < FewestBatches)
        {
            return new Signal(name, SignalState.Unknown, $"Could not be judged: {batches} batches were seen, it takes {FewestBatches}.");
        }

        string[] found = [.. later.SelectMany(stage => stage.Pairs.Select(pair => (stage, pair)))
            .Where(place => place.pair.EffectiveDimension > 0 && place.pair.Cosine < -2 / Math.Sqrt(place.pair.EffectiveDimension))
            .OrderBy(place => place.pair.Cosine)
            .Select(place => Invariant($"{place.pair.First} and {place.pair.Second} in {place.stage.Group} (mean cosine {place.pair.Cosine:0.000}, limit {-2 / Math.Sqrt(place.pair.EffectiveDimension):0.000})"))];
        return found.Length > 0
            ? new Signal(name, SignalState.Present, $"The gradients pull apart in the later stages: {Listed(found)}.")
            : new Signal(name, SignalState.Absent, $"Over {batches} batches no two tasks pull the later stages in opposite directions by more than chance.");
    }

    /// <summary>3: between checkpoints, gains of one task come with losses of another.</summary>
    /// <param name="changes">How the changes of the pictures' losses go together; null without an earlier checkpoint.</param>
    public static Signal ZeroSum(PearsonMatrix? changes)
    {
        const string name = "Zero-sum";
        if (changes is null)
        {
            return new Signal(name, SignalState.Unknown, "Could not be judged: it takes an earlier checkpoint (--earlier).");
        }

        (int First, int Second)[] pairs = [.. from first in Enumerable.Range(0, changes.Tasks.Count) from second in Enumerable.Range(first + 1, changes.Tasks.Count - first - 1) select (first, second)];
        int pictures = pairs.Length == 0 ? 0 : pairs.Max(pair => changes.Counts[pair.First][pair.Second]);
        if (pictures < FewestPictures)
        {
            return new Signal(name, SignalState.Unknown, $"Could not be judged: {pictures} pictures have labels of two tasks, it takes {FewestPictures}.");
        }

        string[] found = [.. pairs.Where(pair => changes.Counts[pair.First][pair.Second] >= FewestPictures && changes.Values[pair.First][pair.Second] < ZeroSumCorrelation)
            .OrderBy(pair => changes.Values[pair.First][pair.Second])
            .Select(pair => Invariant($"{changes.Tasks[pair.First]} and {changes.Tasks[pair.Second]} (r {changes.Values[pair.First][pair.Second]:0.00}, 95 % {changes.Interval(pair.First, pair.Second).Low:0.00} to {changes.Interval(pair.First, pair.Second).High:0.00})"))];
        return found.Length > 0
            ? new Signal(name, SignalState.Present, $"Since the earlier checkpoint one task gained on the pictures where another lost: {Listed(found)}.")
            : new Signal(name, SignalState.Absent, Invariant($"Over {pictures} pictures no two tasks' changes since the earlier checkpoint have a correlation below {ZeroSumCorrelation}."));
    }

    /// <summary>4: small updates for one task cost another more than its score varies from seed to seed.</summary>
    /// <param name="interference">Gains in percent; row is the task that was trained.</param>
    /// <param name="baselines">Single-task results with several seeds; null without.</param>
    public static Signal Fear(TaskMatrix interference, Baselines? baselines)
    {
        const string name = "Fear of full training";
        string[] unknown = [.. interference.Tasks.Where(task => Spread(baselines, task) is null)];
        string[] found = [.. from row in Enumerable.Range(0, interference.Tasks.Count)
            from column in Enumerable.Range(0, interference.Tasks.Count)
            where row != column && Spread(baselines, interference.Tasks[column]) is { } spread && interference[row, column] < -spread
            orderby interference[row, column] / Spread(baselines, interference.Tasks[column])!.Value
            select Invariant($"training {interference.Tasks[row]} costs {interference.Tasks[column]} {-interference[row, column]:0.00} % (seeds vary by {Spread(baselines, interference.Tasks[column]):0.00} %)")];
        if (found.Length > 0)
        {
            return new Signal(name, SignalState.Present, $"A few steps for one task hurt another beyond chance: {Listed(found)}.");
        }

        return unknown.Length > 0
            ? new Signal(name, SignalState.Unknown, $"Could not be judged: it takes single-task results of two seeds or more (--baselines); there are none of {string.Join(", ", unknown)}.")
            : new Signal(name, SignalState.Absent, "A few steps for one task move no other task down by more than its score varies from seed to seed.");
    }

    // The worst come first.
    private static string Listed(string[] found) =>
        string.Join("; ", found.Take(MostListed)) + (found.Length > MostListed ? $"; and {found.Length - MostListed} more" : "");

    private static double? Spread(Baselines? baselines, string task) =>
        baselines is not null && baselines.Tasks.TryGetValue(task, out Baseline? baseline) && baseline.StandardDeviation() is { } deviation ? 100 * deviation / baseline.Mean() : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
