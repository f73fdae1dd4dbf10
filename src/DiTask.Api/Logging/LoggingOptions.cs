using System.ComponentModel.DataAnnotations;

namespace DiTask.Api.Logging;

/// <summary>How the log is written. Section <c>Logging</c>.</summary>
internal sealed class LoggingOptions
{
    public const string Section = "Logging";

    public const string Json = "json";

    /// <summary>text for people, json for machines: one object per line. Default text.</summary>
    [RegularExpression("text|json", ErrorMessage = "Logging:Format is text or json.")]
    public string Format { get; set; } = "text";
}
