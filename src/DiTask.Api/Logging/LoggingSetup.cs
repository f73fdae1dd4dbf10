using System.Diagnostics;
using System.Globalization;
using DiTask.Api.Metrics;
using DiTask.Api.Problems;
using DiTask.Api.Security;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace DiTask.Api.Logging;

/// <summary>Serilog: the service's own events and one line per request, on the console.</summary>
internal static class LoggingSetup
{
    private const string TextTemplate = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";
    private const string RequestTemplate = "{RequestMethod} {RequestPath} {StatusCode} in {Elapsed:0.0} ms{Note:l} [{RequestId:l}]";

    private static readonly string[] ProbePrefixes = ["/livez", "/readyz", "/startupz", "/health", "/healthz", "/metrics"];

    public static WebApplicationBuilder AddRequestLog(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LoggingOptions>().BindConfiguration(LoggingOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<LoggingOptions>, LoggingOptionsValidator>();
        builder.Host.UseSerilog((context, logger) =>
        {
            // Read here without a check: the logger exists before the options are validated, all of them at once.
            LoggingOptions options = context.Configuration.GetSection(LoggingOptions.Section).Get<LoggingOptions>() ?? new LoggingOptions();
            logger
                .MinimumLevel.Information()
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)

                // A probe that fails and a request without a key are in the request log already; the framework would repeat them.
                .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
                .MinimumLevel.Override(typeof(KeyHandler).FullName!, LogEventLevel.Warning);
            if (options.Format == LoggingOptions.Json)
            {
                logger.WriteTo.Console(new JsonFormatter(renderMessage: true, formatProvider: CultureInfo.InvariantCulture));
            }
            else
            {
                logger.WriteTo.Console(outputTemplate: TextTemplate, formatProvider: CultureInfo.InvariantCulture);
            }
        },
        preserveStaticLogger: true);
        return builder;
    }

    /// <summary>One line per request, with the request's <see cref="RequestNote"/>; probes only where they fail.</summary>
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app) => app.UseSerilogRequestLogging(options =>
    {
        // Not the static one: a process may hold several services.
        options.Logger = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
        options.MessageTemplate = RequestTemplate;
        options.GetLevel = (context, _, exception) => (exception, context.Response.StatusCode) switch
        {
            (not null, _) or (_, StatusCodes.Status500InternalServerError) => LogEventLevel.Error,
            (_, > StatusCodes.Status500InternalServerError) => LogEventLevel.Warning,
            _ => IsProbe(context.Request.Path) ? LogEventLevel.Debug : LogEventLevel.Information,
        };
        options.EnrichDiagnosticContext = (diagnostics, context) =>
        {
            RequestNote? note = context.Features.Get<RequestNote>();
            diagnostics.Set("RequestId", context.TraceIdentifier);
            diagnostics.Set("TraceId", Activity.Current?.TraceId.ToHexString() ?? "");
            diagnostics.Set("Outcome", OutcomeOf(context));
            if (context.Features.Get<BodyBytes>() is { } bytes)
            {
                diagnostics.Set("BytesIn", bytes.Received);
                diagnostics.Set("BytesOut", bytes.Sent);
            }

            diagnostics.Set("Note", note is null ? "" : ": " + note.Text);
            foreach ((string name, object value) in note?.Properties ?? [])
            {
                diagnostics.Set(name, value);
            }
        };
    });

    /// <summary>ok, cancelled, or the code of the error that was answered.</summary>
    private static string OutcomeOf(HttpContext context)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return "cancelled";
        }

        return context.Features.Get<RequestError>() is { } error ? ErrorCatalogue.Describe(error.Code).Code
            : context.Response.StatusCode < StatusCodes.Status400BadRequest ? "ok" : "error";
    }

    private static bool IsProbe(PathString path) => Array.Exists(ProbePrefixes, prefix => path.StartsWithSegments(prefix));
}
