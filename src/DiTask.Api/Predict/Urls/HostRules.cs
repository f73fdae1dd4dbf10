namespace DiTask.Api.Predict.Urls;

/// <summary>Which addresses may be fetched, as far as they can be told by their text. Asked again for every redirect.</summary>
internal sealed class HostRules(ImageUrlsOptions options)
{
    private const int MaxLength = 2048;
    private const int HttpsPort = 443;
    private const string AnyBelow = "*.";

    /// <exception cref="UrlRefusedException">It may not.</exception>
    public Uri Require(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new UrlRefusedException($"An address has at most {MaxLength} characters; found {text.Length}.");
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? Require(uri) : throw new UrlRefusedException("Expected an address as https://host/path; found something else.");
    }

    /// <exception cref="UrlRefusedException">It may not.</exception>
    public Uri Require(Uri uri)
    {
        if (uri.Scheme != Uri.UriSchemeHttps)
        {
            throw new UrlRefusedException($"Expected an https address; found '{NearestName.Short(uri.Scheme)}'.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw new UrlRefusedException("An address has no user name and no password.");
        }

        if (!IsNamed(uri))
        {
            throw new UrlRefusedException(options.AllowedHosts.Count == 0
                ? $"Images are fetched from port {HttpsPort} only; ImageUrls:AllowedHosts can name others."
                : "The host is not in ImageUrls:AllowedHosts.");
        }

        return uri;
    }

    private bool IsNamed(Uri uri) => options.AllowedHosts.Count == 0
        ? uri.Port == HttpsPort
        : options.AllowedHosts.Any(rule => IsNamedBy(rule, uri));

    private static bool IsNamedBy(string rule, Uri uri)
    {
        // A colon within brackets belongs to an IPv6 address.
        int colon = rule.LastIndexOf(':');
        bool hasPort = colon > rule.LastIndexOf(']');
        string host = hasPort ? rule[..colon] : rule;
        string port = hasPort ? rule[(colon + 1)..] : $"{HttpsPort}";
        return port == $"{uri.Port}" && (host.StartsWith(AnyBelow, StringComparison.Ordinal)
            ? uri.IdnHost.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(uri.IdnHost, StringComparison.OrdinalIgnoreCase) || host.Equals(uri.Host, StringComparison.OrdinalIgnoreCase));
    }
}
