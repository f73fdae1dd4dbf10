using System.Globalization;
using System.Text;

namespace DiTask.Api.Metrics;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        StringBuilder text = new();
        foreach (MetricFamily family in families.Where(family => family.Series.Any()))
        {
            string kind = family.Kind switch
            {
                MetricKind.Counter => "counter",
                MetricKind.Gauge => "gauge",
                _ => "histogram",
            };
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(kind).Append('\n');
            foreach ((string labels, MetricSeries series) in family.Series)
            {
                (double sum, long[] counts) = series.Read();
                if (family.Kind == MetricKind.Histogram)
                {
                    WriteHistogram(text, family, labels, sum, counts);
                }
                else
                {
                    Line(text, family.Name, labels, sum);
                }
            }
        }

        return text.ToString();
    }

    /// <summary>Labels without their braces: <c>name="value",...</c>.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        StringBuilder text = new();
        foreach ((string name, object? value) in labels)
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"");
            text.Append(EscapeLabel(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }

        return text.ToString();
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private static void WriteHistogram(StringBuilder text, MetricFamily family, string labels, double sum, long[] counts)
    {
        string prefix = labels.Length > 0 ? labels + "," : "";
        long cumulative = 0;
        for (int bucket = 0; bucket < counts.Length; bucket++)
        {
            cumulative += counts[bucket];
            double bound = bucket < family.Bounds.Length ? family.Bounds[bucket] : double.PositiveInfinity;
            Line(text, family.Name + "_bucket", $"{prefix}le=\"{Number(bound)}\"", cumulative);
        }

        Line(text, family.Name + "_sum", labels, sum);
        Line(text, family.Name + "_count", labels, cumulative);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
