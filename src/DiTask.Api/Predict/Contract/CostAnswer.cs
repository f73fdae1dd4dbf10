using DiTask.Api.Models;

namespace DiTask.Api.Predict.Contract;

/// <summary>
/// What the images of a request cost the model, in milliseconds: of every run that made a map, the time of each part divided by the images that asked
/// for it. Measured around each graph, so it never has a member <c>estimated</c>.
/// </summary>
/// <param name="TrunkMs">The part that all tasks share.</param>
/// <param name="Tasks">By task, the part of its own.</param>
/// <param name="SeparateModelsMs">The trunk once per task, and the tasks' own parts: what one model per task would have cost.</param>
internal sealed record CostAnswer(double TrunkMs, IReadOnlyDictionary<string, double> Tasks, double SeparateModelsMs)
{
    /// <summary>Adds up the shares of a request's images.</summary>
    public static CostAnswer Of(IReadOnlyCollection<RunShare> shares, IReadOnlyList<string> tasks)
    {
        double trunk = shares.Sum(share => share.Trunk.TotalMilliseconds);
        Dictionary<string, double> own = tasks.ToDictionary(task => task, task => shares.Sum(share => share.Tasks[task].TotalMilliseconds));
        return new CostAnswer(
            Math.Round(trunk, 2), own.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 2)), Math.Round(trunk * tasks.Count + own.Values.Sum(), 2));
    }
}
