using DiTask.Api.Models;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DiTask.Api.Health;

/// <summary>Probes: <c>/livez</c>, <c>/readyz</c>, <c>/startupz</c> and the names that other systems ask for.</summary>
internal static class HealthSetup
{
    private const string Live = "live";
    private const string Ready = "ready";
    private const string Started = "started";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .Add(Condition(Live, host => host.IsLive))
            .Add(Condition(Ready, host => host.IsReady))
            .Add(Condition(Started, host => host.HasStarted));
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        const string Use = "Whether the process is of use. 503 only when no model could be loaded, or the device is lost.";
        Map(routes, Live, Use, "/livez", "/healthz", "/health", "/health/live");
        Map(routes, Ready, "Whether requests are answered now.", "/readyz", "/health/ready");
        Map(routes, Started, "Whether the first load has finished.", "/startupz");
    }

    private static HealthCheckRegistration Condition(string tag, Func<ModelHost, bool> isMet) =>
        new(tag, services => new ModelCheck(services.GetRequiredService<ModelHost>(), isMet), failureStatus: null, tags: [tag]);

    private static void Map(IEndpointRouteBuilder routes, string tag, string summary, params string[] addresses)
    {
        HealthCheckOptions options = new() { Predicate = check => check.Tags.Contains(tag), ResponseWriter = WriteAsync };
        foreach (string address in addresses)
        {
            // The contract lists endpoints that have a method of HTTP and one of C#; health checks have neither of their own.
            routes.MapHealthChecks(address, options)
                .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]), typeof(RequestDelegate).GetMethod(nameof(RequestDelegate.Invoke))!)
                .WithTags("Health")
                .WithSummary(address == addresses[0] ? summary : $"Same as {addresses[0]}.")
                .WithMetadata(
                    new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(HealthAnswer), ["application/json"]),
                    new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(HealthAnswer), ["application/json"]));
        }
    }

    /// <summary>Writes the same body for every probe; the status tells them apart.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        ModelHost host = context.RequestServices.GetRequiredService<ModelHost>();
        ModelCatalog catalog = context.RequestServices.GetRequiredService<ModelCatalog>();
        bool isDraining = host.State == ModelState.Draining;
        HealthAnswer answer = new(
            host.IsLive, host.IsReady, host.StateName, [.. catalog.All.Select(model => new ModelHealth(model.Name, model.IsReady && !isDraining))]);
        return context.Response.WriteAsJsonAsync(answer, HealthJson.Default.HealthAnswer, contentType: null, context.RequestAborted);
    }

    private sealed class ModelCheck(ModelHost host, Func<ModelHost, bool> isMet) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(isMet(host) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(host.StateName));
    }
}
