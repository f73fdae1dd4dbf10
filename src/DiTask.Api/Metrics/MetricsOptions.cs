using System.ComponentModel.DataAnnotations;

namespace DiTask.Api.Metrics;

/// <summary>Where the numbers are read. Section <c>Metrics</c>.</summary>
internal sealed class MetricsOptions
{
    public const string Section = "Metrics";

    /// <summary>A port that /metrics has to itself: it then answers nowhere else. 0 for the service's own port. Default 0.</summary>
    [Range(0, 65535)]
    public int Port { get; set; }
}
