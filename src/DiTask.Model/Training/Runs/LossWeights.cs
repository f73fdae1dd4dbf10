using DiTask.Model.Training.Config;
using DiTask.Model.Training.Losses;

namespace DiTask.Model.Training.Runs;

/// <summary>The fixed weights of a run's tasks.</summary>
internal static class LossWeights
{
    /// <summary>The configured weight of each task, or else the authors'.</summary>
    public static IReadOnlyDictionary<string, double> Of(IReadOnlyList<string> tasks, LossOptions options) =>
        tasks.ToDictionary(task => task, task => options.Weights.TryGetValue(task, out double weight) ? weight : TaskLosses.ReferenceWeight(task));
}
