using DiTask.Api.Predict;
using DiTask.Api.Problems;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Hosting;

/// <summary>The process: its clock, its default address, its configuration checked as a whole.</summary>
internal static class HostingSetup
{
    private static readonly TimeSpan DataRateGrace = TimeSpan.FromSeconds(5);

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
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitsOptions>>((kestrel, limits) => Limit(kestrel.Limits, limits));
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
    /// <exception cref="OptionsValidationException">It is; the failures are all that is wrong with it.</exception>
    public static WebApplication BuildChecked(this WebApplicationBuilder builder)
    {
        WebApplication app = builder.Build();
        List<string> errors = [.. ConfigurationCheck.Find(app.Configuration)];
        int found = errors.Count;
        foreach (Type type in OptionCatalogue.Sections.Values)
        {
            errors.AddRange(Failures(app.Services, type, isNamed: found > 0));
        }

        // The host would validate too, but only after the endpoints have read the options one by one.
        return errors.Count == 0 ? app : throw new OptionsValidationException("", typeof(OptionCatalogue), errors);
    }

    private static void Limit(KestrelServerLimits server, IOptions<LimitsOptions> options)
    {
        LimitsOptions limits;
        try
        {
            limits = options.Value;
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // The server is made while the application is built. What is wrong is said right after that, with everything else.
            return;
        }

        MinDataRate? rate = limits.MinBodyBytesPerSecond == 0 ? null : new MinDataRate(limits.MinBodyBytesPerSecond, DataRateGrace);
        server.MinRequestBodyDataRate = rate;
        server.MinResponseDataRate = rate;
        server.RequestHeadersTimeout = limits.HeadersTimeout;
        server.MaxRequestBodySize = limits.MaxBodyBytes;
    }

    private static IEnumerable<string> Failures(IServiceProvider services, Type type, bool isNamed)
    {
        try
        {
            _ = OptionCatalogue.Values(services, type);
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
        catch (InvalidOperationException) when (isNamed)
        {
            // A value of another type, which the check of the configuration has named.
            return [];
        }
    }

    /// <summary>Every sentence that is to be said about a wrong configuration; empty for other exceptions.</summary>
    public static IReadOnlyList<string> ConfigurationErrors(Exception exception) => exception switch
    {
        OptionsValidationException one => [.. one.Failures],
        AggregateException several => [.. several.InnerExceptions.SelectMany(ConfigurationErrors)],
        _ => [],
    };
}
