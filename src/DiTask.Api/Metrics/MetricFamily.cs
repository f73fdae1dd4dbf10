using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DiTask.Api.Metrics;

/// <summary>An instrument and its series, one per combination of labels.</summary>
internal sealed class MetricFamily
{
    private readonly ConcurrentDictionary<string, MetricSeries> series = new(StringComparer.Ordinal);
    private readonly bool isAbsolute;
    private readonly bool isObservable;

    public MetricFamily(Instrument instrument)
    {
        Name = instrument.Name;
        Help = instrument.Description ?? "";
        Kind = KindOf(instrument);
        Bounds = [.. (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? []];
        isObservable = instrument.IsObservable;
        isAbsolute = isObservable || instrument is Gauge<double> or Gauge<long>;
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    /// <summary>Upper bounds of a histogram's buckets; empty for the other kinds.</summary>
    public double[] Bounds { get; }

    /// <summary>Labels in the text format, without braces, and the numbers; ordered, so that two scrapes compare line by line.</summary>
    public IEnumerable<(string Labels, MetricSeries Series)> Series =>
        series.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value));

    /// <summary>Makes the series exist, at zero.</summary>
    public MetricSeries Declare(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        string text = PrometheusText.Labels(labels);
        return series.TryGetValue(text, out MetricSeries? known) ? known : series.GetOrAdd(text, new MetricSeries(Bounds));
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        MetricSeries target = Declare(labels);
        if (Kind == MetricKind.Histogram)
        {
            target.Observe(value);
        }
        else if (isAbsolute)
        {
            target.Set(value);
        }
        else
        {
            target.Add(value);
        }
    }

    /// <summary>Forgets what an observable instrument will say anew, so that series which no longer exist end.</summary>
    public void BeginCollection()
    {
        if (isObservable)
        {
            series.Clear();
        }
    }

    private static MetricKind KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> or Counter<double> or ObservableCounter<long> or ObservableCounter<double> => MetricKind.Counter,
        Histogram<double> => MetricKind.Histogram,
        _ => MetricKind.Gauge,
    };
}
