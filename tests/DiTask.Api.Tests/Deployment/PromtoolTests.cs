using System.Globalization;
using System.Text;
using DiTask.Tests;

namespace DiTask.Api.Tests.Deployment;

public sealed class PromtoolTests
{
    private static readonly string Folder = Path.Combine(Fixture.Repository, "docker", "prometheus");

    [FactWith(Promtool.Name)]
    public async Task CheckMetrics_AfterRequests_HasNoComplaint()
    {
        await using ServiceFactory factory = new();
        HttpClient client = await factory.CreateReadyClientAsync();
        await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(50)));
        await client.PostAsync("/predict", Pictures.Raw([1]));

        (int exitCode, string output) = await Promtool.RunAsync(await client.GetStringAsync("/metrics"), "check", "metrics");

        Assert.Equal((0, ""), (exitCode, output));
    }

    [FactWith(Promtool.Name)]
    public async Task CheckConfig_Scraping_IsAccepted() => await AssertAcceptedAsync("check", "config", Path.Combine(Folder, "prometheus.yml"));

    [FactWith(Promtool.Name)]
    public async Task TestRules_Alerts_FireAsTheirTestsSay() => await AssertAcceptedAsync("test", "rules", Path.Combine(Folder, "ditask.rules.test.yml"));

    [FactWith(Promtool.Name)]
    public async Task CheckRules_EveryQueryThatIsShipped_IsPromQL()
    {
        StringBuilder rules = new("groups:\n  - name: shipped\n    rules:\n");
        foreach ((int number, (_, string query)) in Queries.All().Index())
        {
            rules.Append(CultureInfo.InvariantCulture, $"      - record: query:number{number}\n        expr: '{query.Replace("'", "''", StringComparison.Ordinal)}'\n");
        }

        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, rules.ToString());
            await AssertAcceptedAsync("check", "rules", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task AssertAcceptedAsync(params string[] arguments)
    {
        (int exitCode, string output) = await Promtool.RunAsync(null, arguments);

        Assert.True(exitCode == 0, output);
    }
}
