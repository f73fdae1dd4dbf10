namespace DiTask.Model.Diagnosis.Affinity;

/// <summary>Which tasks to train together.</summary>
/// <param name="Groups">Wire names, group by group.</param>
/// <param name="Affinity">Mean over the tasks of what the others of their group do to them; a task alone counts 0.</param>
/// <param name="Together">The same for all tasks in one group.</param>
/// <param name="GigaMacs">Multiply-adds of all groups' networks, in 10^9.</param>
internal sealed record TaskGrouping(IReadOnlyList<IReadOnlyList<string>> Groups, double Affinity, double Together, double GigaMacs)
{
    /// <summary>The best of all partitions that cost no more than <paramref name="budget"/>; of equal ones the cheapest.</summary>
    /// <param name="matrix">Row acts on column; positive helps.</param>
    /// <param name="cost">10^9 multiply-adds of a network for some tasks.</param>
    /// <param name="budget">Most of all networks together; null for any.</param>
    /// <exception cref="DiagnosisException">No partition is as cheap as that.</exception>
    public static TaskGrouping Best(TaskMatrix matrix, Func<IReadOnlyList<string>, double> cost, double? budget = null)
    {
        TaskGrouping[] all = [.. SetPartitions.Of(matrix.Tasks.Count).Select(partition => Of(matrix, partition, cost))];
        return all.Where(grouping => budget is null || grouping.GigaMacs <= budget).OrderByDescending(grouping => grouping.Affinity).ThenBy(grouping => grouping.GigaMacs).FirstOrDefault()
            ?? throw new DiagnosisException($"No grouping costs {budget} GMAC or less; the cheapest costs {all.Min(grouping => grouping.GigaMacs):0.###}.");
    }

    /// <summary>Mean affinity of a partition.</summary>
    public static double Score(TaskMatrix matrix, IReadOnlyList<IReadOnlyList<int>> partition) =>
        partition.Sum(group => group.Count == 1 ? 0 : group.Sum(task => group.Where(other => other != task).Average(other => matrix[other, task]))) / matrix.Tasks.Count;

    private static TaskGrouping Of(TaskMatrix matrix, IReadOnlyList<IReadOnlyList<int>> partition, Func<IReadOnlyList<string>, double> cost)
    {
        IReadOnlyList<string>[] names = [.. partition.Select(group => (IReadOnlyList<string>)[.. group.Select(task => matrix.Tasks[task])])];
        return new TaskGrouping(names, Score(matrix, partition), Score(matrix, [[.. Enumerable.Range(0, matrix.Tasks.Count)]]), names.Sum(cost));
    }
}
