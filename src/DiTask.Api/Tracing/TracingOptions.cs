using System.ComponentModel.DataAnnotations;

namespace DiTask.Api.Tracing;

/// <summary>Traces over OTLP. Section <c>Tracing</c>.</summary>
internal sealed class TracingOptions
{
    public const string Section = "Tracing";

    /// <summary>
    /// Address of an OTLP/HTTP receiver without its /v1/traces, such as http://collector:4318. Empty: the standard variables
    /// OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_TRACES_ENDPOINT; without them, no traces. Default empty.
    /// </summary>
    [RegularExpression("https?://.+", ErrorMessage = "Tracing:Endpoint is an http or https address, such as http://collector:4318.")]
    public string Endpoint { get; set; } = "";

    /// <summary>Share of the traces that begin here which are recorded; a caller's traceparent decides for its own. Default 1.</summary>
    [Range(0.0, 1.0)]
    public double SampleRatio { get; set; } = 1;
}
