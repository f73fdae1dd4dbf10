using System.Text.Json;
using System.Text.RegularExpressions;
using DiTask.Api.Tests.Metrics;
using DiTask.Tests;

namespace DiTask.Api.Tests.Deployment;

public sealed partial class QueriesTests
{
    [Fact]
    public async Task All_EachMetric_IsOneOfTheService()
    {
        await using ServiceFactory factory = new();
        HttpClient client = await factory.CreateReadyClientAsync();
        await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(50))); // Histograms exist from their first event on.
        Exposition metrics = new(await client.GetStringAsync("/metrics"));
        HashSet<string> names = [.. metrics.Names.Select(name => name.Split('{')[0])];

        string[] unknown = [.. from item in Queries.All()
            from Match match in MetricName().Matches(item.Query)
            where !names.Contains(match.Value)
            select $"{item.Place}: {match.Value}"];

        Assert.Empty(unknown);
        Assert.True(Queries.All().Count > 30);
    }

    [Theory]
    [InlineData("endpoint=\"/predict\"")]
    [InlineData("result=\"failed\"")]
    public async Task All_EachLabelValueThatIsSelected_Exists(string label)
    {
        await using ServiceFactory factory = new();
        HttpClient client = await factory.CreateReadyClientAsync();
        Exposition metrics = new(await client.GetStringAsync("/metrics"));

        Assert.Contains(Queries.All(), item => item.Query.Contains(label, StringComparison.Ordinal));
        Assert.Contains(metrics.Names, name => name.Contains(label, StringComparison.Ordinal));
    }

    [Fact]
    public void Alerts_EachOne_IsTestedAndExplained()
    {
        string tests = File.ReadAllText(Path.Combine(Fixture.Repository, "docker", "prometheus", "ditask.rules.test.yml"));
        string manual = File.ReadAllText(Path.Combine(Fixture.Repository, "docs", "operations.md"));

        foreach (string alert in Yaml.Load(Queries.Rules).At("groups", "0", "rules").Items().Select(rule => rule.Text("alert")))
        {
            Assert.Contains(alert, tests, StringComparison.Ordinal);
            Assert.Contains($"`{alert}`", manual, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Dashboard_Panels_AreNumberedAndDoNotOverlap()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Fixture.Repository, Queries.Dashboard)));
        JsonElement[] panels = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()];
        (int X, int Y)[] cells = [.. from panel in panels
            let place = panel.GetProperty("gridPos")
            from x in Enumerable.Range(place.GetProperty("x").GetInt32(), place.GetProperty("w").GetInt32())
            from y in Enumerable.Range(place.GetProperty("y").GetInt32(), place.GetProperty("h").GetInt32())
            select (x, y)];

        Assert.Equal(cells.Length, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.Equal("prometheus", panel.GetProperty("datasource").GetProperty("uid").GetString()));
    }

    [GeneratedRegex(@"\b(?:ditask|process|dotnet)_[a-z0-9_]+")]
    private static partial Regex MetricName();
}
