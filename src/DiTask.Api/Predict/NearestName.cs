namespace DiTask.Api.Predict;

/// <summary>Guesses what a misspelt name should have been.</summary>
internal static class NearestName
{
    /// <summary><c> Did you mean 'depth'?</c>, or nothing when no candidate is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        (string Name, int Distance)? best = null;
        foreach (string candidate in candidates)
        {
            int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance <= Math.Max(2, candidate.Length / 3) && distance < (best?.Distance ?? int.MaxValue))
            {
                best = (candidate, distance);
            }
        }

        return best is { } found ? $" Did you mean '{found.Name}'?" : "";
    }

    /// <summary>The beginning of a text that somebody sent, for a message.</summary>
    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";

    /// <summary>Insertions, deletions and replacements that turn one into the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        // A name much longer than any candidate is no misspelling, and the table below is quadratic.
        if (Math.Abs(a.Length - b.Length) > 16)
        {
            return int.MaxValue;
        }

        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(previous[j], row[j - 1]) + 1);
            }

            previous = row;
        }

        return previous[^1];
    }
}
