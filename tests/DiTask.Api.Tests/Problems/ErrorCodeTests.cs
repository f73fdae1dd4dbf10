using System.Reflection;
using System.Text.RegularExpressions;
using DiTask.Api.Problems;
using DiTask.Tests;

namespace DiTask.Api.Tests.Problems;

/// <summary>Every error code is brought about through HTTP by some test and is in the documentation.</summary>
public sealed class ErrorCodeTests
{
    public static TheoryData<string> Codes => [.. Enum.GetValues<ErrorCode>().Select(code => ErrorCatalogue.Describe(code).Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task EveryCode_IsReachedByARequest(string code)
    {
        if (!ErrorScenarios.All.TryGetValue(code, out ErrorScenario? scenario))
        {
            // The attribute fails its test when the code is not met there.
            IEnumerable<MethodInfo> tests = typeof(ErrorCodeTests).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods())
                .Where(method => method.GetCustomAttributes<ReachesErrorAttribute>().Any(attribute => attribute.Code == code));
            Assert.True(
                tests.Any(),
                $"No request of a test is answered with '{code}': add it to {nameof(ErrorScenarios)}, or put [ReachesError(\"{code}\")] on a test that is.");
            return;
        }

        await using ServiceFactory factory = new(scenario.Settings);
        HttpClient client = await scenario.StartAsync(factory);
        HttpResponseMessage response = await scenario.SendAsync(factory, client);

        await response.ProblemAsync(scenario.Status ?? Find(code).Status, code);
        await scenario.EndAsync(factory);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task EveryCode_IsDocumentedWithItsStatus(string code)
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Fixture.Repository, "docs", "http-api.md"));

        Assert.Contains(lines, line => line.StartsWith('|')
            && line.Split('|')[1].Contains($"{Find(code).Status}", StringComparison.Ordinal)
            && line.Contains($"`{code}`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Documentation_NamesNoCodeThatDoesNotExist()
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Fixture.Repository, "docs", "http-api.md"));
        string table = text[text.IndexOf("| Status | `code` |", StringComparison.Ordinal)..];
        string[] rows = [.. table.Split('\n').TakeWhile(line => line.StartsWith('|')).Skip(2)];

        Assert.NotEmpty(rows);
        Assert.All(
            rows.SelectMany(row => Regex.Matches(row.Split('|')[2], "`([a-z0-9_]+)`").Select(match => match.Groups[1].Value)),
            code => Assert.NotNull(Find(code)));
    }

    private static ErrorKind Find(string code) =>
        Enum.GetValues<ErrorCode>().Select(ErrorCatalogue.Describe).SingleOrDefault(kind => kind.Code == code)
        ?? throw new Xunit.Sdk.XunitException($"The catalogue has no code '{code}'.");
}
