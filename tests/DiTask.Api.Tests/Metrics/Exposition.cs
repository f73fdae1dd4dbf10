using System.Globalization;
using System.Text.RegularExpressions;

namespace DiTask.Api.Tests.Metrics;

/// <summary>A strict reader of the text format 0.0.4: what it does not allow fails the test. The order of labels is free.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, double> samples = new(StringComparer.Ordinal);

    public Exposition(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string family = "";
        string type = "";
        bool hasSample = true;
        foreach (string line in text[..^1].Split('\n'))
        {
            if (Type().Match(line) is { Success: true } kind)
            {
                Assert.True(hasSample, $"'{family}' has no sample.");
                family = kind.Groups[1].Value;
                type = kind.Groups[2].Value;
                Assert.True(Types.TryAdd(family, type), $"'{family}' comes twice.");
                hasSample = false;
            }
            else if (Help().Match(line) is { Success: true } help)
            {
                Assert.Equal(family, help.Groups[1].Value);
                Assert.NotEqual("", help.Groups[2].Value.Trim());
            }
            else
            {
                Match sample = Sample().Match(line);
                Assert.True(sample.Success, $"Not a line of the format: '{line}'");
                AddSample(family, type, sample);
                hasSample = true;
            }
        }

        Assert.True(hasSample, $"'{family}' has no sample.");
        CheckHistograms();
    }

    /// <summary>Family to type.</summary>
    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => samples.Keys;

    /// <summary>A sample by its name and labels.</summary>
    public double this[string name] =>
        samples.TryGetValue(Ordered(name), out double value)
            ? value
            : throw new KeyNotFoundException($"No sample {name}; there are:\n{string.Join('\n', samples.Keys)}");

    [GeneratedRegex(@"^# HELP ([a-z_][a-z0-9_]*) (.+)$")]
    private static partial Regex Help();

    [GeneratedRegex(@"^# TYPE ([a-z_][a-z0-9_]*) (counter|gauge|histogram)$")]
    private static partial Regex Type();

    [GeneratedRegex("""^([a-z_][a-z0-9_]*)(\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*)?\})? (\S+)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""^(\w+)_bucket\{(.*?),?le="([^"]+)"\}$""")]
    private static partial Regex Bucket();

    [GeneratedRegex(@"[a-z_]+=""(?:[^""\\\n]|\\[""\\n])*""")]
    private static partial Regex Label();

    /// <summary>The same sample with its labels in the order of their names, a bucket's bound last.</summary>
    private static string Ordered(string sample)
    {
        string[] labels =
        [
            .. Label().Matches(sample).Select(match => match.Value)
                .OrderBy(label => label.StartsWith("le=", StringComparison.Ordinal)).ThenBy(label => label, StringComparer.Ordinal),
        ];
        string name = sample.Split('{')[0];
        return labels.Length == 0 ? name : $"{name}{{{string.Join(',', labels)}}}";
    }

    private void AddSample(string family, string type, Match sample)
    {
        string name = sample.Groups[1].Value;
        string[] allowed = type == "histogram" ? [family + "_bucket", family + "_sum", family + "_count"] : [family];
        Assert.Contains(name, allowed);
        string text = sample.Groups[3].Value;
        double value = text == "+Inf" ? double.PositiveInfinity : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.True(type == "gauge" || value >= 0, $"{sample.Value}: below zero.");
        Assert.Equal(type == "counter", name.EndsWith("_total", StringComparison.Ordinal));
        Assert.True(samples.TryAdd(Ordered(name + sample.Groups[2].Value), value), $"{name}{sample.Groups[2].Value} comes twice.");
    }

    private void CheckHistograms()
    {
        var histograms = samples.Select(sample => (Match: Bucket().Match(sample.Key), sample.Value)).Where(item => item.Match.Success)
            .GroupBy(item => (Name: item.Match.Groups[1].Value, Labels: item.Match.Groups[2].Value));
        foreach (var histogram in histograms)
        {
            double[] bounds = [.. histogram.Select(item => item.Match.Groups[3].Value is "+Inf" ? double.PositiveInfinity : double.Parse(item.Match.Groups[3].Value, CultureInfo.InvariantCulture))];
            double[] counts = [.. histogram.Select(item => item.Value)];
            Assert.Equal(bounds.Order(), bounds);
            Assert.Equal(counts.Order(), counts);
            Assert.Equal(double.PositiveInfinity, bounds[^1]);
            string labels = histogram.Key.Labels.Length > 0 ? $"{{{histogram.Key.Labels}}}" : "";
            Assert.Equal(counts[^1], this[$"{histogram.Key.Name}_count{labels}"]);
            Assert.True(samples.ContainsKey($"{histogram.Key.Name}_sum{labels}"));
        }
    }
}
