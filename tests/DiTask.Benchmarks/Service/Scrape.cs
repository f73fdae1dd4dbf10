using System.Globalization;

namespace DiTask.Benchmarks.Service;

/// <summary>The samples of one look at <c>/metrics</c>.</summary>
internal sealed class Scrape
{
    private readonly Dictionary<string, double> samples;

    private Scrape(string text) => samples = text.Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    public static async Task<Scrape> OfAsync(HttpClient client) => new(await client.GetStringAsync("/metrics"));

    /// <summary>Sum of the series of a family whose labels contain all of <paramref name="labels"/>.</summary>
    public double Sum(string family, params string[] labels) => samples
        .Where(pair => (pair.Key == family || pair.Key.StartsWith(family + "{", StringComparison.Ordinal)) && Array.TrueForAll(labels, label => pair.Key.Contains(label)))
        .Sum(pair => pair.Value);
}
