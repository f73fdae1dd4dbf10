using DiTask.Api.Predict;
using Microsoft.Extensions.Configuration.CommandLine;

namespace DiTask.Api.Hosting;

/// <summary>Finds what a configuration sets in vain: names that do not exist, values of another type.</summary>
internal static class ConfigurationCheck
{
    private const int ShortestGuessedSection = 5;

    /// <summary>Names that the framework has in a section of ours.</summary>
    private static readonly string[] OfTheFramework =
    [
        "Logging:LogLevel", "Logging:Console", "Logging:Debug", "Logging:EventLog", "Logging:EventSource",
        "Metrics:EnabledMetrics", "Metrics:EnabledGlobalMetrics", "Metrics:EnabledLocalMetrics",
    ];

    /// <summary>What the framework reads outside our sections.</summary>
    private static readonly string[] RootsOfTheFramework =
    [
        "AllowedHosts", "hostBuilder", "Kestrel",
        HostDefaults.ApplicationKey, HostDefaults.ContentRootKey, HostDefaults.EnvironmentKey,
        WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey, WebHostDefaults.WebRootKey,
        WebHostDefaults.HostingStartupAssembliesKey, WebHostDefaults.PreventHostingStartupKey, WebHostDefaults.ShutdownTimeoutKey,
    ];

    /// <summary>One sentence for each.</summary>
    public static IReadOnlyList<string> Find(IConfiguration configuration)
    {
        HashSet<string> typed = OnTheCommandLine(configuration);
        return [.. configuration.GetChildren().SelectMany(section => OptionCatalogue.Sections.ContainsKey(section.Key) ? InSection(section)
            : typed.TryGetValue(section.Key, out string? word) && !IsOfTheFramework(word) ? [NoOption(word)]
            : Misspelt(section))];
    }

    /// <summary>First names on the command line: what is of no section there was meant for the service all the same.</summary>
    private static HashSet<string> OnTheCommandLine(IConfiguration configuration) =>
        ((configuration as IConfigurationRoot)?.Providers ?? []).OfType<CommandLineConfigurationProvider>()
            .SelectMany(provider => provider.GetChildKeys([], null)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string NoOption(string word) =>
        $"--{word} is no option; expected --urls, or --Feature:Option as docs/options.md lists them.{NearestName.Hint(word, OptionCatalogue.Sections.Keys)}";

    private static bool IsOfTheFramework(string root) =>
        RootsOfTheFramework.Contains(root, StringComparer.OrdinalIgnoreCase) || root.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> InSection(IConfigurationSection section)
    {
        OptionInfo[] options = [.. OptionCatalogue.All.Where(option => option.Section.Equals(section.Key, StringComparison.OrdinalIgnoreCase))];
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (Array.Find(options, option => option.Key.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } option)
            {
                if (Problem(option, child) is { } problem)
                {
                    yield return problem;
                }
            }
            else if (!OfTheFramework.Contains(child.Path, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"{child.Path} is no option.{NearestName.Hint(child.Path, options.Select(option => option.Name))}";
            }
        }
    }

    private static string? Problem(OptionInfo option, IConfigurationSection given)
    {
        if (!option.IsSimple)
        {
            return null;
        }

        bool hasParts = given.GetChildren().Any();
        if (option.IsList)
        {
            return string.IsNullOrEmpty(given.Value) ? null : $"{option.Name} is a list: set {option.Name}:0 and so on, one item each.";
        }

        if (hasParts)
        {
            return $"{option.Name} is one value; found parts of it, such as {given.GetChildren().First().Path}.";
        }

        return given.Value is null || option.CanBe(given.Value)
            ? null
            : $"{option.Name} is '{(option.IsSecret ? "***" : given.Value)}'; expected {(option.Choices.Count > 0 ? "one of " + string.Join(", ", option.Choices) : option.TypeName)}{(option.Unit.Length > 0 ? $" ({option.Unit})" : "")}.";
    }

    /// <summary>A section that is nearly ours. The environment has many others, which are nobody's mistake.</summary>
    private static IEnumerable<string> Misspelt(IConfigurationSection section)
    {
        string[] candidates = [.. OptionCatalogue.Sections.Keys.Where(name => name.Length >= ShortestGuessedSection)];
        return section.GetChildren().Any() && NearestName.Hint(section.Key, candidates) is { Length: > 0 } hint
            ? [$"{section.GetChildren().First().Path} is in no section of the service.{hint}"]
            : [];
    }
}
