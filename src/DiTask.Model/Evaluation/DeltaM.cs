namespace DiTask.Model.Evaluation;

/// <summary>Mean gain over single-task networks.</summary>
/// <param name="Baselines">Name of what it is measured against.</param>
/// <param name="Percent">Mean of the tasks' gains in percent; NaN when one of them is.</param>
/// <param name="Tasks">Task by task.</param>
public sealed record DeltaM(string Baselines, double Percent, IReadOnlyList<TaskDelta> Tasks)
{
    /// <summary>Gain over a baseline in percent of it.</summary>
    public static double Gain(double value, double baseline, bool higherIsBetter) => (higherIsBetter ? 100 : -100) * (value - baseline) / baseline;

    /// <summary>Delta-m of the headline numbers, (100/T) sum of s (M - S)/S.</summary>
    /// <exception cref="InvalidDataException">A task has no baseline, or one of another metric, protocol or number of classes; all are named.</exception>
    public static DeltaM Of(IReadOnlyList<TaskScores> scores, Baselines baselines)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(baselines);
        string[] problems = [.. Problems(scores, baselines)];
        if (problems.Length > 0)
        {
            throw new InvalidDataException($"Delta-m against '{baselines.Name}': {string.Join("; ", problems)}.");
        }

        TaskDelta[] tasks = [.. scores.Select(score => Delta(score, baselines.Tasks[score.Task.Name]))];
        return new DeltaM(baselines.Name, tasks.Average(task => task.Percent), tasks);
    }

    private static IEnumerable<string> Problems(IReadOnlyList<TaskScores> scores, Baselines baselines)
    {
        if (baselines.Protocol != Evaluator.Protocol)
        {
            yield return $"expected baselines of protocol '{Evaluator.Protocol}', found '{baselines.Protocol}'";
        }

        if (scores.Count == 0)
        {
            yield return "no task was evaluated";
        }

        foreach (TaskScores score in scores)
        {
            string metric = score.Headline.Name;
            if (!baselines.Tasks.TryGetValue(score.Task.Name, out Baseline? baseline))
            {
                yield return $"'{score.Task.Name}' ({metric}) has no baseline; there are {string.Join(", ", baselines.Tasks.Keys)}";
            }
            else if (baseline.Metric != metric)
            {
                yield return $"'{score.Task.Name}' needs a baseline in {metric}, found {baseline.Metric}";
            }
            else if (baseline.Channels is { } channels && channels != score.Task.Channels)
            {
                yield return $"the baseline of '{score.Task.Name}' is for {channels} classes, the model has {score.Task.Channels}";
            }
        }
    }

    private static TaskDelta Delta(TaskScores score, Baseline baseline)
    {
        MetricValue value = score.Headline;
        double mean = baseline.Mean();
        return new TaskDelta(
            score.Task.Name, value.Name, value.Value, mean, baseline.Values.Count, Gain(value.Value, mean, value.HigherIsBetter), baseline.StandardDeviation());
    }
}
