namespace DiTask.Api.Metrics;

/// <summary>Media types of bodies, under few names.</summary>
internal static class BodyFormats
{
    public static readonly string[] All = ["image", "multipart", "json", "zip", "binary", "other"];

    public static string Of(string? contentType)
    {
        string type = (contentType ?? "").Split(';')[0].Trim();
        return type switch
        {
            _ when Begins("image/") => "image",
            _ when Begins("multipart/") => "multipart",
            _ when Begins("application/json") || Begins("application/problem+json") => "json",
            _ when Begins("application/zip") => "zip",
            _ when Begins("application/octet-stream") => "binary",
            _ => "other",
        };

        bool Begins(string prefix) => type.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
    }
}
