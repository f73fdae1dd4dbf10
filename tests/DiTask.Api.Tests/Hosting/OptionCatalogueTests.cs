using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DiTask.Api.Hosting;
using DiTask.Tests;

namespace DiTask.Api.Tests.Hosting;

public sealed partial class OptionCatalogueTests
{
    private static readonly string Reference = Path.Combine(Fixture.Repository, "docs", "options.md");
    private static readonly string[] SecretWords = ["Key", "Token", "Password", "Secret", "Headers"];

    [Fact]
    public void Reference_AnyChange_IsInThePage()
    {
        string page = Page();

        if (Environment.GetEnvironmentVariable("DITASK_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(Reference, page);
        }

        Assert.True(
            File.ReadAllText(Reference) == page,
            "docs/options.md is stale. Run this test with DITASK_UPDATE_SNAPSHOTS=1 and commit the page.");
    }

    [Fact]
    public void All_EachOption_SaysWhatItDoes() =>
        Assert.All(OptionCatalogue.All, option => Assert.True(option.Description.Length > 10, $"{option.Name} has no summary."));

    [Fact]
    public void All_NamedLikeASecret_AreMarkedAsOne() => Assert.All(
        OptionCatalogue.All.Where(option => Array.Exists(SecretWords, word => option.Key.TrimEnd('s').EndsWith(word.TrimEnd('s'), StringComparison.Ordinal))),
        option => Assert.True(option.IsSecret, $"{option.Name} would be shown by /admin/config."));

    [Fact]
    public void All_Defaults_LieInTheirRanges() => Assert.All(
        OptionCatalogue.All.Where(option => option.Range is not null),
        option => Assert.True(option.Range!.IsValid(option.Default), $"{option.Name} is {option.Default} by default."));

    [Fact]
    public void All_SectionsOfTheService_AreFound()
    {
        string[] expected = ["Batching", "Limits", "Logging", "Models", "OpenApi", "Security", "Web"];

        Assert.Equal([], expected.Except(OptionCatalogue.Sections.Keys));
    }

    private static string Page()
    {
        StringBuilder page = new();
        page.Append(
            """
            # Options

            Written by the tests from the option classes in `src/DiTask.Api`; do not edit. Set an option behind `./ditask serve` as
            `--Section:Name VALUE`, in the environment as `Section__Name`, or in `appsettings.json` beside the program. The command line wins over
            the environment, the environment over the file. A list has its items at `Section:Name:0`, `Section:Name:1` and so on.

            A name that does not exist, a value of another type or outside its range stops the start: every mistake is listed, and the exit code is
            2. `GET /admin/config` (with a key of `Security:AdminKeys`) shows what is in force and who set it.

            Times are `h:min:s`, with decimals: `00:00:00.5` is half a second.

            """);
        foreach ((string section, Type type) in OptionCatalogue.Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {section}\n\n{OptionDocs.SummaryOf(type)}\n\n");
            page.Append("| Option | Type | Default | Range | What it does | Environment |\n|---|---|---|---|---|---|\n");
            foreach (OptionInfo option in OptionCatalogue.All.Where(option => option.Section == section))
            {
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{option.Name}` | {Type(option)} | {Value(option, option.Default)} | {Range(option)} | {Effect(option)} | `{option.EnvironmentVariable}` |\n");
            }
        }

        return page.ToString();
    }

    /// <summary>What the sources say, without the default, which has a column of its own.</summary>
    private static string Effect(OptionInfo option) => Default().Replace(option.Description, "").Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex(@" Default [^.:]*\.$")]
    private static partial Regex Default();

    private static string Type(OptionInfo option) => string.Concat(option.IsList ? "list of " : "", option.TypeName, option.IsSecret ? ", secret" : "");

    private static string Range(OptionInfo option) => (option.Choices, option.Range) switch
    {
        ({ Count: > 0 }, _) => string.Join(", ", option.Choices.Select(choice => $"`{choice}`")),
        (_, { } range) => string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum} {(option.ItemType == typeof(TimeSpan) ? "" : option.Unit)}").TrimEnd(),
        _ => "",
    };

    private static string Value(OptionInfo option, object? value) => value switch
    {
        null or "" => "",
        bool flag => flag ? "`true`" : "`false`",
        TimeSpan time => $"`{time:c}`",
        IFormattable number => string.Create(CultureInfo.InvariantCulture, $"`{number}`{(option.Unit.Length > 0 ? " " + option.Unit : "")}"),
        string text => $"`{text}`",
        System.Collections.IEnumerable items => string.Join(", ", items.Cast<object?>().Select(item => Value(option, item))),
        _ => $"`{value}`",
    };
}
