using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.AspNetCore;

namespace Compat.Tests.SerilogAspNetCore;

/// <summary>A minimal application on a loopback port that the system picks.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    private readonly WebApplication application;

    private TestApplication(WebApplication application, CapturingSink sink)
    {
        this.application = application;
        Sink = sink;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public CapturingSink Sink { get; }

    public HttpClient Client { get; }

    public static async Task<TestApplication> StartAsync(
        Action<RequestLoggingOptions>? requestLogging = null, Action<LoggerConfiguration>? logging = null, bool preserveStaticLogger = false)
    {
        CapturingSink sink = new();
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Host.UseSerilog(
            (_, configuration) =>
            {
                configuration.WriteTo.Sink(sink);
                logging?.Invoke(configuration);
            },
            preserveStaticLogger);

        WebApplication application = builder.Build();
        application.UseSerilogRequestLogging(requestLogging);
        application.MapGet("/plain", () => "plain");
        application.MapGet("/missing", () => Results.NotFound());
        application.MapGet("/busy", () => Results.StatusCode(503));
        application.MapGet("/throws", (Func<string>)(() => throw new InvalidOperationException("on purpose")));
        application.MapGet("/sets", async (string value, IDiagnosticContext context) =>
        {
            context.Set("Value", value);
            await Task.Yield();
            context.Set("Tasks", new[] { "depth", "edge" });
            return value;
        });
        application.MapGet("/handled", (IDiagnosticContext context) => context.SetException(new TimeoutException("answered")));
        application.MapGet("/logs", (ILogger<TestApplication> logger) => LogBelow(logger));
        await application.StartAsync();
        return new TestApplication(application, sink);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.DisposeAsync();
    }

#pragma warning disable CA1848 // A delegate for a message that one test writes would hide it.
    private static void LogBelow(ILogger<TestApplication> logger) => logger.LogWarning("Disk {Disk} is {Percent} % full", "sda", 93);
#pragma warning restore CA1848
}
