using DiTask.Api.Problems;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Hosting;

/// <summary>The process: its clock, its default address, its configuration checked as a whole.</summary>
internal static class HostingSetup
{
    private const string DefaultUrl = "http://localhost:8080";

    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        // Below every other source, so that --urls and ASPNETCORE_URLS win.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(
            0, new MemoryConfigurationSource { InitialData = [new(WebHostDefaults.ServerUrlsKey, DefaultUrl)] });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            RequestHeadMiddleware.ConfigureServer(kestrel.Limits);
        });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<HostingOptions>().BindConfiguration(HostingOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<HostingOptions>, HostingOptionsValidator>();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<HostingOptions>>(
            (host, hosting) => host.ShutdownTimeout = hosting.Value.DrainDelay + hosting.Value.ShutdownTimeout);
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        return builder;
    }

    /// <summary>Counts requests in progress, so that the process can wait for them; before everything that answers.</summary>
    public static IApplicationBuilder UseDrain(this IApplicationBuilder app)
    {
        Drain drain = app.ApplicationServices.GetRequiredService<Drain>();
        return app.Use(next => context => drain.CountAsync(context, next));
    }

    /// <summary>Builds the application, unless its configuration is wrong.</summary>
    /// <exception cref="OptionsValidationException">One class of options is wrong.</exception>
    /// <exception cref="AggregateException">Several are.</exception>
    public static WebApplication BuildChecked(this WebApplicationBuilder builder)
    {
        WebApplication app = builder.Build();

        // The host would do this too, but only after the endpoints have read the options one by one.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        return app;
    }

    /// <summary>Every sentence that is to be said about a wrong configuration; empty for other exceptions.</summary>
    public static IReadOnlyList<string> ConfigurationErrors(Exception exception) => exception switch
    {
        OptionsValidationException one => [.. one.Failures],
        AggregateException several => [.. several.InnerExceptions.SelectMany(ConfigurationErrors)],
        _ => [],
    };
}
