using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace DiTask.Api.Predict.Urls;

/// <summary>Images that the service fetches from addresses in a request. Section <c>ImageUrls</c>. Off by default.</summary>
internal sealed partial class ImageUrlsOptions : IValidatableObject
{
    public const string Section = "ImageUrls";

    /// <summary>Whether images may be given as addresses. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Hosts that images may come from: <c>host</c>, <c>host:port</c>, or <c>*.host</c> for all below it. Without any, every public host at port 443.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Longest that fetching one image may take, redirects included. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Most redirects that are followed for one image. Default 3.</summary>
    [Range(0, 10)]
    public int MaxRedirects { get; set; } = 3;

    /// <summary>Most images that are fetched at one time, by all requests together. Default 8.</summary>
    [Range(1, 256)]
    public int MaxConcurrency { get; set; } = 8;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AllowedHosts
        .Select((host, index) => (Host: host, Index: index))
        .Where(entry => !Rule().IsMatch(entry.Host))
        .Select(entry => new ValidationResult(
            $"{Section}:{nameof(AllowedHosts)}:{entry.Index} is '{entry.Host}'; expected host, host:port or *.host, without https:// and path.", [nameof(AllowedHosts)]));

    [GeneratedRegex(@"^((\*\.)?[\p{L}\p{Nd}_-]+(\.[\p{L}\p{Nd}_-]+)*|\[[0-9a-fA-F:.]+\])(:\d{1,5})?$")]
    private static partial Regex Rule();
}
