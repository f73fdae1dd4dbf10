using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog.Extensions.Hosting;
using Serilog.Extensions.Logging;

namespace Serilog;

public static class SerilogServiceCollectionExtensions
{
    public static IServiceCollection AddSerilog(this IServiceCollection collection, ILogger? logger = null, bool dispose = false)
    {
        ArgumentNullException.ThrowIfNull(collection);
        collection.AddSingleton<ILoggerFactory>(_ => new SerilogLoggerFactory(logger, dispose));
        if (logger is not null)
        {
            collection.AddSingleton(logger);
        }

        return AddDiagnosticContext(collection, _ => logger);
    }

    public static IServiceCollection AddSerilog(
        this IServiceCollection collection,
        Action<LoggerConfiguration> configureLogger,
        bool preserveStaticLogger = false,
        bool writeToProviders = false)
    {
        ArgumentNullException.ThrowIfNull(configureLogger);
        return AddSerilog(collection, (_, configuration) => configureLogger(configuration), preserveStaticLogger, writeToProviders);
    }

    public static IServiceCollection AddSerilog(
        this IServiceCollection collection,
        Action<IServiceProvider, LoggerConfiguration> configureLogger,
        bool preserveStaticLogger = false,
        bool writeToProviders = false)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(configureLogger);

        LoggerProviderCollection? providers = writeToProviders ? new LoggerProviderCollection() : null;
        collection.AddSingleton(services => new RegisteredLogger(CreateLogger(services, configureLogger, providers)));

        // A logger made by ForContext does not own its sinks: the container may dispose it without closing them.
        collection.AddSingleton(services => services.GetRequiredService<RegisteredLogger>().Logger.ForContext([]));
        collection.AddSingleton<ILoggerFactory>(services => CreateFactory(services, preserveStaticLogger, providers));
        return AddDiagnosticContext(collection, services => preserveStaticLogger ? services.GetRequiredService<RegisteredLogger>().Logger : null);
    }

    private static Core.Logger CreateLogger(
        IServiceProvider services, Action<IServiceProvider, LoggerConfiguration> configureLogger, LoggerProviderCollection? providers)
    {
        LoggerConfiguration configuration = new();
        if (providers is not null)
        {
            configuration.WriteTo.Providers(providers);
        }

        configureLogger(services, configuration);
        return configuration.CreateLogger();
    }

    private static SerilogLoggerFactory CreateFactory(IServiceProvider services, bool preserveStaticLogger, LoggerProviderCollection? providers)
    {
        ILogger logger = services.GetRequiredService<RegisteredLogger>().Logger;
        if (!preserveStaticLogger)
        {
            Log.Logger = logger;
        }

        // Without a logger of its own the factory writes to the static one, and closes and resets it when disposed.
        SerilogLoggerFactory factory = new(preserveStaticLogger ? logger : null, dispose: true, providers);
        if (providers is not null)
        {
            foreach (ILoggerProvider provider in services.GetServices<ILoggerProvider>())
            {
                factory.AddProvider(provider);
            }
        }

        return factory;
    }

    private static IServiceCollection AddDiagnosticContext(IServiceCollection collection, Func<IServiceProvider, ILogger?> logger)
    {
        collection.AddSingleton(services => new DiagnosticContext(logger(services)));
        return collection.AddSingleton<IDiagnosticContext>(services => services.GetRequiredService<DiagnosticContext>());
    }
}
