using System.Diagnostics.Metrics;
using DiTask.Api.Problems;

namespace DiTask.Api.Metrics;

/// <summary>What the service says of its requests.</summary>
internal sealed class HttpMetrics
{
    /// <summary>Endpoint of requests that no route takes.</summary>
    public const string OtherEndpoint = "other";

    /// <summary>Stages in which a request may end without an answer; the last is for requests that have none.</summary>
    private static readonly string[] Stages = ["read", "decode", "run", "encode", "other"];

    private readonly Counter<long> requests;
    private readonly Histogram<double> durations;
    private readonly UpDownCounter<long> inFlight;
    private readonly Counter<long> rejected;
    private readonly Counter<long> cancelled;
    private readonly Counter<long> requestBytes;
    private readonly Counter<long> responseBytes;

    public HttpMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MetricsSetup.MeterName);
        requests = meter.CreateCounter<long>("ditask_http_requests_total", null, "Requests answered, by route and status code; 499: the caller left.");
        durations = meter.CreateHistogram(
            "ditask_http_request_duration_seconds",
            "s",
            "From a request's first line to the end of its answer.",
            tags: null,
            MetricBuckets.Durations);
        inFlight = meter.CreateUpDownCounter<long>("ditask_http_requests_in_flight", null, "Requests that are being answered.");
        rejected = meter.CreateCounter<long>("ditask_rejected_total", null, "Requests turned away for the service's own sake, by reason.");
        cancelled = meter.CreateCounter<long>("ditask_cancelled_total", null, "Requests that ended without an answer because the caller left or their time was over, by stage.");
        requestBytes = meter.CreateCounter<long>("ditask_request_bytes_total", "By", "Bytes of the bodies of POST requests.");
        responseBytes = meter.CreateCounter<long>("ditask_response_bytes_total", "By", "Bytes of the bodies of the answers to POST requests.");
        Array.ForEach(RejectionReasons.All, reason => rejected.Add(0, new KeyValuePair<string, object?>("reason", reason)));
        Array.ForEach(Stages, stage => cancelled.Add(0, new KeyValuePair<string, object?>("stage", stage)));
        foreach (string format in BodyFormats.All)
        {
            requestBytes.Add(0, new KeyValuePair<string, object?>("format", format));
            responseBytes.Add(0, new KeyValuePair<string, object?>("format", format));
        }
    }

    /// <summary>Makes the series of a route exist for the status codes that it documents: a rate needs a zero to start from.</summary>
    public void Declare(string endpoint, IEnumerable<int> codes)
    {
        inFlight.Add(0, Endpoint(endpoint));
        foreach (int code in codes)
        {
            requests.Add(0, Endpoint(endpoint), Code(code));
        }
    }

    public void Began(string endpoint) => inFlight.Add(1, Endpoint(endpoint));

    public void Ended(string endpoint, int code, TimeSpan duration)
    {
        inFlight.Add(-1, Endpoint(endpoint));
        requests.Add(1, Endpoint(endpoint), Code(code));
        durations.Record(duration.TotalSeconds, Endpoint(endpoint));
    }

    public void Refused(ErrorCode error)
    {
        if (RejectionReasons.Of(error) is { } reason)
        {
            rejected.Add(1, new KeyValuePair<string, object?>("reason", reason));
        }
    }

    /// <summary>Counts a request without an answer in the stage that it was in.</summary>
    public void Cancelled(string? stage)
    {
        string known = stage == "queue and run" ? "run" : Array.Find(Stages, name => name == stage) ?? Stages[^1];
        cancelled.Add(1, new KeyValuePair<string, object?>("stage", known));
    }

    public void Received(string format, long bytes) => requestBytes.Add(bytes, new KeyValuePair<string, object?>("format", format));

    public void Sent(string format, long bytes) => responseBytes.Add(bytes, new KeyValuePair<string, object?>("format", format));

    private static KeyValuePair<string, object?> Endpoint(string endpoint) => new("endpoint", endpoint);

    private static KeyValuePair<string, object?> Code(int code) => new("code", code);
}
