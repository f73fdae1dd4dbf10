using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DiTask.Api.Tracing;

/// <summary>OpenTelemetry, where an address to send traces to is configured; nothing of it otherwise.</summary>
internal static class TracingSetup
{
    private const string ServiceName = "ditask";
    private const string TracesPath = "/v1/traces";
    private const string NameVariable = "OTEL_SERVICE_NAME";
    private const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";

    private static readonly string[] EndpointVariables = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    public static WebApplicationBuilder AddTracing(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TracingOptions>().BindConfiguration(TracingOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TracingOptions>, TracingOptionsValidator>();

        // Read here without a check, which comes with that of all options: whether there are traces decides what is registered.
        ConfigurationManager configuration = builder.Configuration;
        string endpoint = configuration[$"{TracingOptions.Section}:{nameof(TracingOptions.Endpoint)}"] ?? "";
        bool isStandard = endpoint.Length == 0 && Array.Exists(EndpointVariables, name => !string.IsNullOrEmpty(configuration[name]));
        if (isStandard || Uri.IsWellFormedUriString(endpoint, UriKind.Absolute))
        {
            builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => AddName(resource, configuration))
                .WithTracing(tracing => AddTraces(tracing, configuration, endpoint));
            builder.Services.ConfigureOpenTelemetryTracerProvider((services, tracing) => tracing.SetSampler(
                new ParentBasedSampler(new LinkSampler(services.GetRequiredService<IOptions<TracingOptions>>().Value.SampleRatio))));
        }

        return builder;
    }

    /// <summary>Innermost, so that an activity sees the exception that becomes an error's answer.</summary>
    public static IApplicationBuilder UseTracing(this IApplicationBuilder app) => app.UseMiddleware<TraceMiddleware>();

    /// <summary>Makes an activity of each request to these routes.</summary>
    public static TBuilder WithTrace<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new TracedRoute());

    private static void AddName(ResourceBuilder resource, ConfigurationManager configuration)
    {
        // Given by the standard variable, the name is in the resource already.
        if (string.IsNullOrEmpty(configuration[NameVariable]))
        {
            resource.AddService(ServiceName, serviceVersion: typeof(TracingSetup).Assembly.GetName().Version?.ToString(3));
        }
    }

    private static void AddTraces(TracerProviderBuilder tracing, ConfigurationManager configuration, string endpoint) => tracing
        .AddSource(Traces.SourceName)
        .AddAspNetCoreInstrumentation(options =>
        {
            // Asked before routing, so the route is not known; probes and scrapes would be most of the traces.
            options.Filter = context => HttpMethods.IsPost(context.Request.Method);
        })
        .AddOtlpExporter(options =>
        {
            if (string.IsNullOrEmpty(configuration[ProtocolVariable]))
            {
                options.Protocol = OtlpExportProtocol.HttpProtobuf;
            }

            if (endpoint.Length > 0)
            {
                options.Endpoint = new Uri(endpoint.TrimEnd('/') + TracesPath);
            }
        });
}
