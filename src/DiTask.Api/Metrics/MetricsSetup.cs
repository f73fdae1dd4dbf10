using DiTask.Api.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Metrics;

/// <summary><c>GET /metrics</c> and what it needs.</summary>
internal static class MetricsSetup
{
    public const string Address = "/metrics";

    public static IServiceCollection AddServiceMetrics(this IServiceCollection services)
    {
        services.AddOptions<MetricsOptions>().BindConfiguration(MetricsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MetricsOptions>, MetricsOptionsValidator>();
        services.AddSingleton<MetricRegistry>();
        services.AddSingleton<HttpMetrics>();
        services.AddSingleton<PipelineMetrics>();
        services.AddSingleton<ProcessMetrics>();
        return services;
    }

    /// <summary>Measures the requests; first of all, so that everything else is inside.</summary>
    public static IApplicationBuilder UseServiceMetrics(this IApplicationBuilder app) => app.UseMiddleware<HttpMetricsMiddleware>();

    public static void MapServiceMetrics(this IEndpointRouteBuilder routes)
    {
        IServiceProvider services = routes.ServiceProvider;
        MetricRegistry registry = services.GetRequiredService<MetricRegistry>();
        services.GetRequiredService<ProcessMetrics>();
        routes.MapGet(Address, () => Results.Text(registry.Collect(), PrometheusText.ContentType))
            .WithName("GetMetrics")
            .ExcludeFromDescription();
    }

    /// <summary>Makes every mapped route's series exist before the first request can arrive; after the last mapping.</summary>
    public static void DeclareRoutes(this WebApplication app)
    {
        HttpMetrics metrics = app.Services.GetRequiredService<HttpMetrics>();
        metrics.Declare(HttpMetrics.OtherEndpoint, [StatusCodes.Status404NotFound]);
        foreach (Endpoint endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints))
        {
            bool isPost = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Post) == true;
            metrics.Declare(
                EndpointName.Of(endpoint),
                [
                    StatusCodes.Status200OK,
                    .. endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(produces => produces.StatusCode),
                    .. endpoint.Metadata.GetMetadata<IAuthorizeData>() is null ? Array.Empty<int>() : KeyPolicies.Statuses,
                    .. isPost ? [StatusCodes.Status499ClientClosedRequest] : Array.Empty<int>(),
                ]);
        }
    }
}
