using Microsoft.Extensions.Options;

namespace DiTask.Api.Security;

/// <summary>Keys are long enough to be no guess and can stand in a header. What is said of a wrong one never repeats it.</summary>
internal sealed class SecurityOptionsValidator : IValidateOptions<SecurityOptions>
{
    public const int MinKeyLength = 16;
    public const int MaxKeyLength = 256;

    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        List<string> failures =
        [
            .. OfList(nameof(SecurityOptions.PredictKeys), options.PredictKeys),
            .. OfFile(nameof(SecurityOptions.PredictKeysFile), options.PredictKeysFile),
            .. OfList(nameof(SecurityOptions.AdminKeys), options.AdminKeys),
            .. OfFile(nameof(SecurityOptions.AdminKeysFile), options.AdminKeysFile),
            .. options.CorsOrigins.Select((origin, index) => OfOrigin($"{SecurityOptions.Section}:{nameof(SecurityOptions.CorsOrigins)}:{index}", origin)).OfType<string>(),
        ];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> OfList(string option, IList<string> keys) =>
        keys.Select((key, index) => OfKey($"{SecurityOptions.Section}:{option}:{index}", key)).OfType<string>();

    private static IEnumerable<string> OfFile(string option, string? path)
    {
        option = $"{SecurityOptions.Section}:{option}";
        try
        {
            IReadOnlyList<string> keys = KeyFile.Read(path);

            // An empty secret would otherwise open the service that it was meant to close.
            return keys.Count == 0 && !string.IsNullOrEmpty(path)
                ? [$"{option} is '{path}', which has no key."]
                : keys.Select((key, index) => OfKey($"{option}, key {index + 1}", key)).OfType<string>();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [$"{option} is '{path}', which cannot be read: {exception.Message}"];
        }
    }

    /// <summary>Browsers compare origins letter by letter: one in another spelling would never fit.</summary>
    private static string? OfOrigin(string place, string? origin)
    {
        bool isWeb = Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
        string? exact = isWeb ? $"{uri!.Scheme}://{(uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}" : null;
        return exact switch
        {
            null => $"{place} is '{origin}'; an origin is https://host or http://host, with a port where it is not the usual one.",
            _ when exact != origin => $"{place} is '{origin}'; as browsers write it, this origin is '{exact}'.",
            _ => null,
        };
    }

    private static string? OfKey(string place, string? key) => key switch
    {
        null or { Length: < MinKeyLength or > MaxKeyLength } => $"{place} has {key?.Length ?? 0} characters; a key has {MinKeyLength} to {MaxKeyLength}.",
        _ when !key.All(character => character is > ' ' and <= '~') => $"{place} has a character that no header can hold; a key has visible ASCII characters only.",
        _ => null,
    };
}
