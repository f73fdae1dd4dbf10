namespace DiTask.Model.Text;

/// <summary>Finds the names that a message should offer in place of a wrong one.</summary>
public static class NearestNames
{
    // A hostile file may have millions of long names, and the work grows with the square of their lengths.
    private const int MostNames = 5000;
    private const int LongestName = 200;

    /// <summary>Sorts names by their distance to <paramref name="name"/> and returns the first ones, equally near ones in ordinal order.</summary>
    /// <param name="name">The wrong name.</param>
    /// <param name="names">The right names; names beyond 200 letters, and all after the first 5,000 shorter ones, are left out.</param>
    /// <param name="count">How many to return at most.</param>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> names, int count) =>
        [.. names.Where(other => other.Length <= LongestName).Take(MostNames).OrderBy(other => Distance(name, other)).ThenBy(other => other, StringComparer.Ordinal).Take(count)];

    /// <summary>Counts the insertions, deletions and replacements of letters that turn <paramref name="from"/> into <paramref name="to"/> (Levenshtein).</summary>
    /// <remarks>Takes time in proportion to the product of the two lengths: callers bound the lengths.</remarks>
    public static int Distance(ReadOnlySpan<char> from, ReadOnlySpan<char> to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
            {
                int replaced = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(row[j], diagonal));
            }
        }

        return row[to.Length];
    }
}
