namespace DiTask.Model.Data.Checks;

/// <summary>Problems of the lists of pictures, alone and with each other.</summary>
internal static class SplitCheck
{
    private const int Shown = 5;

    public static IEnumerable<DatasetProblem> Problems(IReadOnlyDictionary<string, IReadOnlyList<string>> splits)
    {
        foreach ((string name, IReadOnlyList<string> ids) in splits)
        {
            foreach (IGrouping<string, string> repeated in ids.GroupBy(id => id).Where(group => group.Count() > 1))
            {
                yield return DatasetProblem.Error("names that are listed twice", $"{name}: '{repeated.Key}' {repeated.Count()} times.");
            }
        }

        (string Name, HashSet<string> Ids)[] sets = [.. splits.Select(split => (split.Key, split.Value.ToHashSet()))];
        for (int i = 0; i < sets.Length; i++)
        {
            for (int j = i + 1; j < sets.Length; j++)
            {
                if (Overlap(sets[i], sets[j]) is { } problem)
                {
                    yield return problem;
                }
            }
        }
    }

    private static DatasetProblem? Overlap((string Name, HashSet<string> Ids) one, (string Name, HashSet<string> Ids) other)
    {
        string[] both = [.. one.Ids.Where(other.Ids.Contains).Order(StringComparer.Ordinal)];
        if (both.Length == 0)
        {
            return null;
        }

        string names = string.Join(", ", both.Take(Shown)) + (both.Length > Shown ? $" and {both.Length - Shown} more" : "");
        string text = $"{one.Name} and {other.Name} share {both.Length}: {names}.";
        // A list within another one, such as train within trainval, is usual.
        return both.Length == Math.Min(one.Ids.Count, other.Ids.Count)
            ? DatasetProblem.Warning("lists within another list", text)
            : DatasetProblem.Error("names in two lists", text);
    }
}
