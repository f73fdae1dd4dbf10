using DiTask.Api.Admin;
using DiTask.Api.Health;
using DiTask.Api.Hosting;
using DiTask.Api.Logging;
using DiTask.Api.Metrics;
using DiTask.Api.Models;
using DiTask.Api.OpenApi;
using DiTask.Api.OpenInference;
using DiTask.Api.Predict;
using DiTask.Api.Problems;
using DiTask.Api.Security;
using DiTask.Api.Tracing;
using DiTask.Api.Web;

if (args is [HealthProbe.Verb, ..])
{
    return await HealthProbe.RunAsync(args[1..]);
}

try
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.AddHosting();
    builder.AddRequestLog();
    builder.AddTracing();
    builder.Services.AddServiceMetrics();
    builder.Services.AddCompression();
    builder.Services.AddProblems();
    builder.Services.AddSecurity();
    builder.Services.AddAdmin();
    builder.Services.AddModels();
    builder.Services.AddHealth();
    builder.Services.AddPredict();
    builder.Services.AddOpenInference();
    builder.Services.AddOpenApiPages();
    builder.Services.AddWeb();

    WebApplication app = builder.BuildChecked();
    app.UseDrain();
    app.UseServiceMetrics();
    app.UseRequestLog();
    app.UseSecurityHeaders();
    app.UseProblems();
    app.UseResponseCompression();
    app.UseMetricsPort();
    app.UseSecurity();
    app.UseTracing();
    app.MapPredict();
    app.MapModels();
    app.MapOpenInference();
    app.MapAdmin();
    app.MapHealth();
    app.MapServiceMetrics();
    app.MapProblems();
    app.MapOpenApiPages();
    app.MapWeb();
    app.DeclareRoutes();
    app.Run();
    return 0;
}
catch (Exception exception) when (HostingSetup.ConfigurationErrors(exception) is { Count: > 0 } errors)
{
    Console.Error.WriteLine(string.Join(Environment.NewLine, errors));
    return 2;
}
