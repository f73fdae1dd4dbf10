using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using DiTask.Api.Admin.Contract;
using DiTask.Api.Hosting;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace DiTask.Api.Admin;

/// <summary>The options in force, and who set them.</summary>
internal sealed class EffectiveOptions(IServiceProvider services, IConfiguration configuration)
{
    private const string Mask = "***";

    public IReadOnlyList<OptionAnswer> Describe() =>
        [.. OptionCatalogue.All.Select(option => new OptionAnswer(
            option.Name,
            Json(option.ValueIn(OptionCatalogue.Values(services, option.Owner)), option.IsSecret),
            Json(option.Default, option.IsSecret),
            SourceOf(option.Name),
            option.EnvironmentVariable,
            option.Description))];

    private static JsonNode? Json(object? value, bool isSecret) => value switch
    {
        null => null,
        string text => JsonValue.Create(isSecret && text.Length > 0 ? Mask : text),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(item => Json(item, isSecret))]),
        _ when isSecret => JsonValue.Create(Mask),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        IFormattable other => JsonValue.Create(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(value.ToString()),
    };

    private static bool Sets(IConfigurationProvider provider, string name) => provider.TryGet(name, out _) || provider.GetChildKeys([], name).Any();

    /// <summary>The last provider that has a word on it: later ones win.</summary>
    private string SourceOf(string name) =>
        configuration is not IConfigurationRoot root || root.Providers.LastOrDefault(provider => Sets(provider, name)) is not { } provider
            ? "default"
            : provider switch
            {
                CommandLineConfigurationProvider => "command line",
                EnvironmentVariablesConfigurationProvider => "environment",
                FileConfigurationProvider { Source.Path: { } path } => path,
                _ => "host",
            };
}
