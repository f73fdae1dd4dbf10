using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DiTask.Api.Metrics;

/// <summary>The service's meter, and the listener that keeps its numbers for <c>/metrics</c>. An instrument's name is its name in Prometheus.</summary>
internal sealed class MetricRegistry : IDisposable
{
    public const string MeterName = "DiTask";

    private readonly ConcurrentDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();
    private readonly Lock collecting = new();

    public MetricRegistry()
    {
        // By reference: a process may hold several services, each with a meter of this name.
        listener.InstrumentPublished = (instrument, published) =>
        {
            if (ReferenceEquals(instrument.Meter, Meter))
            {
                published.EnableMeasurementEvents(instrument, families.GetOrAdd(instrument.Name, _ => new MetricFamily(instrument)));
            }
        };
        listener.SetMeasurementEventCallback<double>(static (_, value, labels, family) => ((MetricFamily)family!).Record(value, labels));
        listener.SetMeasurementEventCallback<long>(static (_, value, labels, family) => ((MetricFamily)family!).Record(value, labels));
        listener.Start();
    }

    public Meter Meter { get; } = new(MeterName);

    public Histogram<double> CreateHistogram(string name, string? unit, string description, double[] bounds) =>
        Meter.CreateHistogram(name, unit, description, tags: null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    /// <summary>Makes a series exist before its first measurement: a rate needs a zero to start from.</summary>
    public void Declare(Instrument instrument, params ReadOnlySpan<KeyValuePair<string, object?>> labels) => families[instrument.Name].Declare(labels);

    /// <summary>Everything, in the text format.</summary>
    public string Collect()
    {
        lock (collecting)
        {
            foreach (MetricFamily family in families.Values)
            {
                family.BeginCollection();
            }

            listener.RecordObservableInstruments();
            return PrometheusText.Write(families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        Meter.Dispose();
    }
}
