using System.Net;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Metrics;

/// <summary>The port that <c>/metrics</c> has to itself where <see cref="MetricsOptions.Port"/> names one.</summary>
internal static class MetricsPort
{
    /// <summary>Listens there too, and keeps the addresses apart; inside of what writes problem documents, before everything that answers.</summary>
    /// <exception cref="OptionsValidationException">The service itself is at this port, or has no address.</exception>
    public static void UseMetricsPort(this WebApplication app)
    {
        int port = app.Services.GetRequiredService<IOptions<MetricsOptions>>().Value.Port;
        if (port == 0)
        {
            return;
        }

        app.Configuration[WebHostDefaults.ServerUrlsKey] = AddressesWith(port, app.Configuration[WebHostDefaults.ServerUrlsKey] ?? "");
        app.Use(next => context =>
        {
            // By the connection: the port in a Host header is whatever the caller wrote there.
            if (context.Connection.LocalPort == port == IsMetrics(context.Request.Path))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    private static bool IsMetrics(PathString path) => path.Value?.TrimEnd('/').Equals(MetricsSetup.Address, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The service's addresses and this one: seen from outside where one of them is.</summary>
    private static string AddressesWith(int port, string urls)
    {
        BindingAddress[] addresses = [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(BindingAddress.Parse)];
        if (addresses.Length == 0)
        {
            throw Wrong($"Metrics:Port is {port}, beside the addresses of the service; expected some in --urls or ASPNETCORE_URLS, found none.");
        }

        if (Array.Exists(addresses, address => !address.IsUnixPipe && address.Port == port))
        {
            throw Wrong($"Metrics:Port is {port}, which is the service's own port ({urls}); expected another, or 0 for the same.");
        }

        string host = Array.TrueForAll(addresses, IsLocal) ? "localhost" : "*";
        return $"{urls.TrimEnd(';')};http://{host}:{port}";
    }

    private static OptionsValidationException Wrong(string failure) => new(MetricsOptions.Section, typeof(MetricsOptions), [failure]);

    private static bool IsLocal(BindingAddress address) =>
        address.IsUnixPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
