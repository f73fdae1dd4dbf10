namespace DiTask.Model.Checkpoints;

/// <summary>Finds the keys that a reader of a message probably wants to see beside a missing one.</summary>
internal static class KeyDistance
{
    // A hostile file may have millions of long keys, and this is only for a message.
    private const int MostKeys = 5000;
    private const int LongestKey = 200;

    public static IReadOnlyList<string> Nearest(string key, IEnumerable<string> keys, int count) =>
        [.. keys.Where(other => other.Length <= LongestKey).Take(MostKeys).OrderBy(other => Edits(key, other)).ThenBy(other => other, StringComparer.Ordinal).Take(count)];

    // Levenshtein distance in one row.
    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int replace = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replace, 1 + Math.Min(row[j], diagonal));
            }
        }

        return row[b.Length];
    }
}
