namespace DiTask.Model.Training.Config;

/// <summary>A run's configuration cannot be used. The message lists every mistake, each with its line where it has one.</summary>
public sealed class ConfigException : Exception
{
    /// <summary>All mistakes.</summary>
    public ConfigException(string source, IReadOnlyList<string> problems)
        : base($"{source}: {problems?.Count} mistake{(problems?.Count == 1 ? "" : "s")}\n  {string.Join("\n  ", problems ?? [])}") => Problems = problems ?? [];

    /// <summary>The mistakes.</summary>
    public IReadOnlyList<string> Problems { get; }
}
