namespace DiTask.Model.Diagnosis.Affinity;

/// <summary>All ways to divide a few things into groups.</summary>
internal static class SetPartitions
{
    /// <summary>Every partition of 0 .. <paramref name="count"/> - 1; the whole set first, all alone last.</summary>
    public static IEnumerable<IReadOnlyList<IReadOnlyList<int>>> Of(int count) => Extend([], 0, count);

    private static IEnumerable<IReadOnlyList<IReadOnlyList<int>>> Extend(IReadOnlyList<IReadOnlyList<int>> groups, int next, int count)
    {
        if (next == count)
        {
            return [groups];
        }

        IEnumerable<IReadOnlyList<IReadOnlyList<int>>> joined = groups.Select((_, index) =>
            (IReadOnlyList<IReadOnlyList<int>>)[.. groups.Select((group, at) => at == index ? (IReadOnlyList<int>)[.. group, next] : group)]);
        return joined.Append([.. groups, [next]]).SelectMany(extended => Extend(extended, next + 1, count));
    }
}
