using System.Text.Json;
using DiTask.Tests;
using YamlDotNet.RepresentationModel;

namespace DiTask.Api.Tests.Deployment;

/// <summary>Every PromQL query that the repository ships, and where it is from.</summary>
internal static class Queries
{
    public const string Dashboard = "docker/grafana/dashboards/ditask.json";
    public const string Rules = "docker/prometheus/ditask.rules.yml";
    public const string Kserve = "deploy/kserve/inference-service.yaml";

    public static IReadOnlyList<(string Place, string Query)> All() => [.. OfDashboard(), .. OfRules(), .. OfKserve(), .. OfChart()];

    /// <summary>With Grafana's variables replaced by what Grafana would put there.</summary>
    public static IEnumerable<(string Place, string Query)> OfDashboard()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Fixture.Repository, Dashboard)));
        foreach (JsonElement panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            foreach (JsonElement target in panel.GetProperty("targets").EnumerateArray())
            {
                string query = target.GetProperty("expr").GetString()!
                    .Replace("$instance", ".*", StringComparison.Ordinal).Replace("$__rate_interval", "1m", StringComparison.Ordinal);
                yield return ($"panel '{panel.GetProperty("title").GetString()}'", query);
            }
        }
    }

    private static IEnumerable<(string Place, string Query)> OfRules() =>
        from rule in Yaml.At(Yaml.Load(Rules), "groups", "0", "rules").Items()
        select ($"alert {rule.Text("alert")}", rule.Text("expr"));

    private static IEnumerable<(string Place, string Query)> OfKserve() =>
        [("InferenceService", Yaml.At(Yaml.Load(Kserve), "spec", "predictor", "autoScaling", "metrics", "0", "external", "metric").Text("query"))];

    private static IEnumerable<(string Place, string Query)> OfChart() =>
        from YamlNode trigger in Yaml.At(Chart.Render(Chart.EverythingOn)["scaled-object.yaml"], "spec", "triggers").Items()
        select ("ScaledObject", Yaml.At(trigger, "metadata").Text("query"));
}
