using DiTask.Api.Hosting;

namespace DiTask.Api.Security;

/// <summary>Who may ask for what. Section <c>Security</c>.</summary>
internal sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>Keys that open <c>/predict</c> and <c>/v2</c>; without any, here or in the file, they are open to everybody.</summary>
    [Secret]
    public IList<string> PredictKeys { get; } = [];

    /// <summary>File with such keys, one a line, for a mounted secret. Read at the start.</summary>
    public string? PredictKeysFile { get; set; }

    /// <summary>Keys that open the administration; without any, here or in the file, its addresses do not exist.</summary>
    [Secret]
    public IList<string> AdminKeys { get; } = [];

    /// <summary>File with such keys, one a line, for a mounted secret. Read at the start.</summary>
    public string? AdminKeysFile { get; set; }

    /// <summary>Other sites whose pages may use the service, as <c>https://host</c> or with a port; none by default.</summary>
    public IList<string> CorsOrigins { get; } = [];
}
