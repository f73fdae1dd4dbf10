using System.ComponentModel.DataAnnotations;

namespace DiTask.Api.Hosting;

/// <summary>How the process ends. Section <c>Hosting</c>.</summary>
internal sealed class HostingOptions
{
    public const string Section = "Hosting";

    /// <summary>After SIGTERM, how long requests are still accepted while /readyz says no, so that load balancers learn of it. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After that, how long accepted requests have to be finished. Default 35 s, a little more than the default of Limits:Deadline.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(35);
}
