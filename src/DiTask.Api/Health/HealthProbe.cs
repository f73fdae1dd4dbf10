namespace DiTask.Api.Health;

/// <summary>The program as a health check of itself, for images without an HTTP client: <c>DiTask.Api health [URL]</c>.</summary>
internal static class HealthProbe
{
    public const string Verb = "health";

    private const string DefaultUrl = "http://localhost:8080";
    private const string Path = "/livez";

    // Whoever asks has a limit of their own, such as the --timeout of a HEALTHCHECK.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks the service that listens on this machine whether it is live.</summary>
    /// <param name="arguments">Its address; without one, that of the variables which the service reads.</param>
    /// <returns>Exit code: 0 when it is live, 1 when it is not or does not answer.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        string url = AddressOf(arguments, Environment.GetEnvironmentVariable);
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(url + Path)).ConfigureAwait(false);
            Console.WriteLine($"{url}{Path}: {(int)response.StatusCode}");
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            Console.WriteLine($"{url}{Path}: {exception.Message}");
            return 1;
        }
    }

    /// <summary>The first address that the service listens on, as seen from this machine.</summary>
    internal static string AddressOf(string[] arguments, Func<string, string?> variable)
    {
        string? urls = arguments.Length > 0 ? arguments[0] : Variable("ASPNETCORE_URLS", "DOTNET_URLS", "URLS");
        string? port = Variable("ASPNETCORE_HTTP_PORTS", "DOTNET_HTTP_PORTS", "HTTP_PORTS");
        string url = urls?.Split(';')[0] ?? (port is null ? DefaultUrl : $"http://localhost:{port.Split(';')[0]}");
        foreach (string everywhere in (string[])["//+", "//*", "//0.0.0.0", "//[::]"])
        {
            url = url.Replace(everywhere, "//localhost", StringComparison.Ordinal);
        }

        return url.TrimEnd('/');

        string? Variable(params string[] names) => names.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
    }
}
