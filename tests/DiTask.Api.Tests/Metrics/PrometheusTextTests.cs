using System.Diagnostics.Metrics;
using DiTask.Api.Metrics;

namespace DiTask.Api.Tests.Metrics;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly MetricRegistry registry = new();

    public void Dispose() => registry.Dispose();

    [Fact]
    public void Collect_EveryKind_IsTheTextOfTheFormat()
    {
        Counter<long> counter = registry.Meter.CreateCounter<long>("b_total", null, "Two\nlines and a \\.");
        counter.Add(2, Label("path", "a\"b\\c\nd"), Label("code", 200));
        counter.Add(3, Label("path", "a\"b\\c\nd"), Label("code", 200));
        Histogram<double> histogram = registry.CreateHistogram("a_seconds", "s", "Durations.", [0.1, 1]);
        histogram.Record(0.1);
        histogram.Record(0.5);
        histogram.Record(7);
        UpDownCounter<long> gauge = registry.Meter.CreateUpDownCounter<long>("c", null, "Now.");
        gauge.Add(5);
        gauge.Add(-7);
        registry.Meter.CreateObservableGauge("d", () => 0.25, null, "Observed.");

        string text = registry.Collect();

        Assert.Equal(
            """
            # HELP a_seconds Durations.
            # TYPE a_seconds histogram
            a_seconds_bucket{le="0.1"} 1
            a_seconds_bucket{le="1"} 2
            a_seconds_bucket{le="+Inf"} 3
            a_seconds_sum 7.6
            a_seconds_count 3
            # HELP b_total Two\nlines and a \\.
            # TYPE b_total counter
            b_total{path="a\"b\\c\nd",code="200"} 5
            # HELP c Now.
            # TYPE c gauge
            c -2
            # HELP d Observed.
            # TYPE d gauge
            d 0.25

            """.ReplaceLineEndings("\n"),
            text);
        Assert.Equal(-2, new Exposition(text)["c"]);
    }

    [Fact]
    public void Declare_BeforeAnyMeasurement_IsZeroInEveryBucket()
    {
        Histogram<double> histogram = registry.CreateHistogram("a_seconds", "s", "Durations.", [0.1]);

        registry.Declare(histogram, Label("stage", "read"));

        Exposition metrics = new(registry.Collect());
        Assert.Equal(0, metrics["a_seconds_bucket{stage=\"read\",le=\"+Inf\"}"]);
        Assert.Equal(0, metrics["a_seconds_sum{stage=\"read\"}"]);
    }

    [Fact]
    public void Collect_ObservableSeriesThatEnded_IsGone()
    {
        string version = "1";
        registry.Meter.CreateObservableGauge("info", () => new Measurement<long>(1, Label("version", version)), null, "Which.");
        registry.Collect();
        version = "2";

        string text = registry.Collect();

        Assert.Equal(["info{version=\"2\"}"], new Exposition(text).Names);
    }

    [Fact]
    public void Collect_MeterOfTheSameNameElsewhere_IsNotCounted()
    {
        using MetricRegistry other = new();
        registry.Meter.CreateCounter<long>("a_total", null, "Ours.").Add(1);

        other.Meter.CreateCounter<long>("a_total", null, "Theirs.").Add(41);

        Assert.Equal(1, new Exposition(registry.Collect())["a_total"]);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(0.0005, "0.0005")]
    [InlineData(1e21, "1E+21")]
    public void Number_AnyValue_IsWhatParsersRead(double value, string expected) => Assert.Equal(expected, PrometheusText.Number(value));

    private static KeyValuePair<string, object?> Label(string name, object value) => new(name, value);
}
