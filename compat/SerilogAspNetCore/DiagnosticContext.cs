using Serilog.Events;

namespace Serilog.Extensions.Hosting;

/// <summary>Hands properties to the collector of the request that the caller runs in; outside a request they are dropped.</summary>
/// <param name="logger">Binds values to properties with its destructuring rules; null stands for the static logger.</param>
internal sealed class DiagnosticContext(ILogger? logger) : IDiagnosticContext
{
    private static readonly AsyncLocal<DiagnosticContextCollector?> Current = new();

    public static DiagnosticContextCollector BeginCollection() => Current.Value = new DiagnosticContextCollector();

    public static void EndCollection() => Current.Value = null;

    public void Set(string propertyName, object value, bool destructureObjects = false)
    {
        ArgumentNullException.ThrowIfNull(propertyName);
        if (Current.Value is { } collector
            && (logger ?? Log.Logger).BindProperty(propertyName, value, destructureObjects, out LogEventProperty? property))
        {
            collector.Set(property);
        }
    }

    public void SetException(Exception exception) => Current.Value?.SetException(exception);
}
