using System.Diagnostics.Metrics;
using DiTask.Api.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace DiTask.Api.Metrics;

/// <summary><c>GET /metrics</c> and what it needs.</summary>
internal static class MetricsSetup
{
    public const string Address = "/metrics";

    /// <summary>The service's meter. An instrument's name is its name in Prometheus.</summary>
    public const string MeterName = "DiTask";

    public static IServiceCollection AddServiceMetrics(this IServiceCollection services)
    {
        services.AddOptions<MetricsOptions>().BindConfiguration(MetricsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MetricsOptions>, MetricsOptionsValidator>();
        services.AddSingleton<HttpMetrics>();
        services.AddSingleton<PipelineMetrics>();
        services.AddSingleton<ProcessMetrics>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(MeterName).AddPrometheusExporter(exporter =>
        {
            // Both would stand in every series, or beside them; what is served is in ditask_model_info. And each scrape reads anew.
            exporter.ScopeInfoEnabled = false;
            exporter.TargetInfoEnabled = false;
            exporter.ScrapeResponseCacheDurationMilliseconds = 0;
        }));

        // By the factory and not by the name alone: a process may hold several services, each with a meter of this name.
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) =>
        {
            IMeterFactory ours = provider.GetRequiredService<IMeterFactory>();
            metrics.AddView(instrument => ReferenceEquals(instrument.Meter.Scope, ours) ? null : MetricStreamConfiguration.Drop);
        });
        return services;
    }

    /// <summary>Measures the requests; first of all, so that everything else is inside.</summary>
    public static IApplicationBuilder UseServiceMetrics(this IApplicationBuilder app)
    {
        // Listens from here on, and not from the start of the host: series are declared while the endpoints are mapped.
        app.ApplicationServices.GetRequiredService<MeterProvider>();
        return app.UseMiddleware<HttpMetricsMiddleware>();
    }

    public static void MapServiceMetrics(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<ProcessMetrics>();
        routes.MapPrometheusScrapingEndpoint(Address).WithMetadata(new HttpMethodMetadata([HttpMethods.Get])).WithName("GetMetrics");
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
