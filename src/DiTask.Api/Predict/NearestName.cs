using DiTask.Model.Text;

namespace DiTask.Api.Predict;

/// <summary>Guesses what a misspelt name should have been.</summary>
internal static class NearestName
{
    // A name much longer than any candidate is not a misspelling, and comparing takes time in proportion to both lengths.
    private const int MostExtraLetters = 16;

    /// <summary><c> Did you mean 'depth'?</c>, or nothing when no candidate is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        (string Name, int Distance)? best = null;
        foreach (string candidate in candidates.Where(candidate => Math.Abs(name.Length - candidate.Length) <= MostExtraLetters))
        {
            int distance = NearestNames.Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance <= Math.Max(2, candidate.Length / 3) && distance < (best?.Distance ?? int.MaxValue))
            {
                best = (candidate, distance);
            }
        }

        return best is { } found ? $" Did you mean '{found.Name}'?" : "";
    }

    /// <summary>The beginning of a text that somebody sent, for a message.</summary>
    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
