using DiTask.Api.Models;

namespace DiTask.Api.Health;

/// <summary>Probes: <c>/livez</c>, <c>/readyz</c>, <c>/startupz</c> and the names that other systems ask for.</summary>
internal static class HealthSetup
{
    private static readonly string[] LiveAddresses = ["/livez", "/healthz", "/health", "/health/live"];
    private static readonly string[] ReadyAddresses = ["/readyz", "/health/ready"];
    private static readonly string[] StartedAddresses = ["/startupz"];

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        ModelHost host = routes.ServiceProvider.GetRequiredService<ModelHost>();
        ModelCatalog catalog = routes.ServiceProvider.GetRequiredService<ModelCatalog>();
        Map(routes, LiveAddresses, "Whether the process is of use. 503 only when no model could be loaded, or the device is lost.", () => host.IsLive, host, catalog);
        Map(routes, ReadyAddresses, "Whether requests are answered now.", () => host.IsReady, host, catalog);
        Map(routes, StartedAddresses, "Whether the first load has finished.", () => host.HasStarted, host, catalog);
    }

    private static void Map(IEndpointRouteBuilder routes, string[] addresses, string summary, Func<bool> isGood, ModelHost host, ModelCatalog catalog)
    {
        foreach (string address in addresses)
        {
            routes.MapGet(address, () => Results.Json(
                    Describe(host, catalog), HealthJson.Default.HealthAnswer, statusCode: isGood() ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable))
                .WithTags("Health")
                .WithSummary(address == addresses[0] ? summary : $"Same as {addresses[0]}.")
                .Produces<HealthAnswer>()
                .Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static HealthAnswer Describe(ModelHost host, ModelCatalog catalog)
    {
        bool isDraining = host.State == ModelState.Draining;
        return new HealthAnswer(
            host.IsLive, host.IsReady, host.StateName, [.. catalog.All.Select(model => new ModelHealth(model.Name, model.IsReady && !isDraining))]);
    }
}
