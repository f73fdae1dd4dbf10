using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serilog.AspNetCore;

namespace Serilog;

public static class SerilogApplicationBuilderExtensions
{
    public static IApplicationBuilder UseSerilogRequestLogging(this IApplicationBuilder app, string messageTemplate) =>
        UseSerilogRequestLogging(app, options => options.MessageTemplate = messageTemplate);

    public static IApplicationBuilder UseSerilogRequestLogging(
        this IApplicationBuilder app, Action<RequestLoggingOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        RequestLoggingOptions options = app.ApplicationServices.GetService<IOptions<RequestLoggingOptions>>()?.Value ?? new RequestLoggingOptions();
        configureOptions?.Invoke(options);
        if (options.MessageTemplate is null || options.GetLevel is null)
        {
            throw new ArgumentException($"{nameof(options.MessageTemplate)} and {nameof(options.GetLevel)} cannot be null.", nameof(configureOptions));
        }

        return app.UseMiddleware<RequestLoggingMiddleware>(options);
    }
}
