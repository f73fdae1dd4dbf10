using System.Net;
using System.Text.Json;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Compat.Tests.SerilogAspNetCore;

public class RequestLoggingTests
{
    [Fact]
    public async Task Request_Succeeds_IsOneInformationEvent()
    {
        await using TestApplication application = await TestApplication.StartAsync();

        Assert.Equal("plain", await application.Client.GetStringAsync("/plain?a=1"));

        LogEvent logEvent = application.Sink.TakeCompletion();
        Assert.Equal(LogEventLevel.Information, logEvent.Level);
        Assert.Equal("HTTP {RequestMethod} {RequestPath} responded {StatusCode} in {Elapsed:0.0000} ms", logEvent.MessageTemplate.Text);
        Assert.Equal(("GET", "/plain", 200), (Scalar(logEvent, "RequestMethod"), Scalar(logEvent, "RequestPath"), Scalar(logEvent, "StatusCode")));
        Assert.InRange((double)Scalar(logEvent, "Elapsed")!, 0, 60_000);
        Assert.Equal("Serilog.AspNetCore.RequestLoggingMiddleware", Scalar(logEvent, "SourceContext"));
    }

    [Theory]
    [InlineData("/missing", 404, LogEventLevel.Information)]
    [InlineData("/busy", 503, LogEventLevel.Error)]
    [InlineData("/throws", 500, LogEventLevel.Error)]
    public async Task Request_Fails_IsLoggedWithItsStatusAndLevel(string path, int status, LogEventLevel level)
    {
        await using TestApplication application = await TestApplication.StartAsync();

        using HttpResponseMessage response = await application.Client.GetAsync(path);

        LogEvent logEvent = application.Sink.TakeCompletion();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status, Scalar(logEvent, "StatusCode"));
        Assert.Equal(level, logEvent.Level);
        Assert.Equal(path == "/throws" ? "on purpose" : null, logEvent.Exception?.Message);
    }

    [Fact]
    public async Task DiagnosticContext_SetByConcurrentRequests_EndsOnTheEventOfEach()
    {
        await using TestApplication application = await TestApplication.StartAsync();
        string[] values = [.. Enumerable.Range(0, 20).Select(i => $"v{i}")];

        await Task.WhenAll(values.Select(value => application.Client.GetStringAsync($"/sets?value={value}")));

        LogEvent[] events = [.. values.Select(_ => application.Sink.TakeCompletion())];
        Assert.Equal(values.Order(), events.Select(logEvent => (string)Scalar(logEvent, "Value")!).Order());
        Assert.All(events, logEvent => Assert.IsType<SequenceValue>(logEvent.Properties["Tasks"]));
    }

    [Fact]
    public async Task SetException_HandledByTheEndpoint_IsOnTheEvent()
    {
        await using TestApplication application = await TestApplication.StartAsync();

        using HttpResponseMessage response = await application.Client.GetAsync("/handled");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.IsType<TimeoutException>(application.Sink.TakeCompletion().Exception);
    }

    [Fact]
    public async Task Options_TemplateLevelEnricherQueryAndLogger_AreObeyed()
    {
        CapturingSink own = new();
        using Serilog.Core.Logger logger = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.Sink(own).CreateLogger();
        await using TestApplication application = await TestApplication.StartAsync(options =>
        {
            options.MessageTemplate = "{RequestPath} for {Client}";
            options.GetLevel = (_, _, _) => LogEventLevel.Debug;
            options.EnrichDiagnosticContext = (context, http) => context.Set("Client", http.Request.Headers.UserAgent.ToString());
            options.IncludeQueryInRequestPath = true;
            options.Logger = logger;
        });
        application.Client.DefaultRequestHeaders.UserAgent.ParseAdd("tester/1.0");

        await application.Client.GetStringAsync("/plain?a=1");

        LogEvent logEvent = own.TakeCompletion();
        Assert.Equal(LogEventLevel.Debug, logEvent.Level);
        Assert.Equal("\"/plain?a=1\" for \"tester/1.0\"", logEvent.RenderMessage());
        Assert.DoesNotContain(application.Sink.Events, found => found.Properties.ContainsKey("Elapsed"));
    }

    [Fact]
    public async Task GetLevel_BelowTheMinimum_WritesNothing()
    {
        await using TestApplication application = await TestApplication.StartAsync(
            options => options.GetLevel = (http, _, _) => http.Request.Path == "/plain" ? LogEventLevel.Verbose : LogEventLevel.Information);

        await application.Client.GetStringAsync("/plain");
        await application.Client.GetAsync("/missing");

        Assert.Equal("/missing", Scalar(application.Sink.TakeCompletion(), "RequestPath"));
    }

    [Fact]
    public async Task UseSerilog_LoggersOfTheFramework_WriteToTheSinksWithStructure()
    {
        await using TestApplication application = await TestApplication.StartAsync();

        await application.Client.GetAsync("/logs");

        LogEvent logEvent = Assert.Single(application.Sink.Events, found => found.Level == LogEventLevel.Warning);
        Assert.Equal("Disk \"sda\" is 93 % full", logEvent.RenderMessage());
        Assert.Equal(93, Scalar(logEvent, "Percent"));
        Assert.Contains(application.Sink.Events, found => Scalar(found, "SourceContext") as string == "Microsoft.Hosting.Lifetime");
    }

    [Fact]
    public async Task Dispose_OfTheApplication_ClosesTheSinksAndResetsTheStaticLogger()
    {
        TestApplication application = await TestApplication.StartAsync();
        Assert.False(application.Sink.Disposed);

        await application.DisposeAsync();

        Assert.True(application.Sink.Disposed);
        Assert.False(Log.IsEnabled(LogEventLevel.Fatal));
    }

    [Fact]
    public async Task PreserveStaticLogger_LeavesIt()
    {
        ILogger before = Log.Logger;

        await using (TestApplication application = await TestApplication.StartAsync(preserveStaticLogger: true))
        {
            await application.Client.GetAsync("/logs");

            Assert.Same(before, Log.Logger);
            Assert.Contains(application.Sink.Events, found => found.Level == LogEventLevel.Warning);
        }

        Assert.Same(before, Log.Logger);
    }

    [Fact]
    public async Task JsonFormatter_RequestEvent_IsOneJsonObjectALine()
    {
        await using TestApplication application = await TestApplication.StartAsync();
        await application.Client.GetStringAsync("/sets?value=seven");
        using StringWriter output = new();

        new JsonFormatter(renderMessage: true).Format(application.Sink.TakeCompletion(), output);

        using JsonDocument json = JsonDocument.Parse(Assert.Single(output.ToString().TrimEnd().Split('\n')));
        JsonElement properties = json.RootElement.GetProperty("Properties");
        Assert.Equal("seven", properties.GetProperty("Value").GetString());
        Assert.Equal(200, properties.GetProperty("StatusCode").GetInt32());
        Assert.StartsWith("HTTP \"GET\" \"/sets\" responded 200 in ", json.RootElement.GetProperty("RenderedMessage").GetString(), StringComparison.Ordinal);
    }

    private static object? Scalar(LogEvent logEvent, string name) =>
        logEvent.Properties.TryGetValue(name, out LogEventPropertyValue? value) ? ((ScalarValue)value).Value : null;
}
