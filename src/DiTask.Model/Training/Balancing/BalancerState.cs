namespace DiTask.Model.Training.Balancing;

/// <summary>Reads a saved state.</summary>
internal static class BalancerState
{
    /// <summary>The state of a method that has none.</summary>
    public static IReadOnlyDictionary<string, double[]> Empty { get; } = new Dictionary<string, double[]>();

    /// <summary>A copy of the array <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">It is missing or has another length.</exception>
    public static double[] Array(this IReadOnlyDictionary<string, double[]> state, string name, int length)
    {
        if (!state.TryGetValue(name, out double[]? values) || values.Length != length)
        {
            string found = values is null ? $"only [{string.Join(", ", state.Keys)}]" : $"{values.Length}";
            throw new ArgumentException($"Expected a saved state with {length} numbers of '{name}'; found {found}.", nameof(state));
        }

        return [.. values];
    }

    /// <summary>The single number <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">It is missing.</exception>
    public static double Number(this IReadOnlyDictionary<string, double[]> state, string name) => state.Array(name, 1)[0];
}
