using Serilog.Events;

namespace Serilog.Extensions.Hosting;

/// <summary>What one request has collected. Tasks of the request may add to it from several threads, also after its end.</summary>
internal sealed class DiagnosticContextCollector
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LogEventProperty> properties = [];
    private Exception? exception;

    public void Set(LogEventProperty property)
    {
        lock (gate)
        {
            properties[property.Name] = property;
        }
    }

    public void SetException(Exception? value)
    {
        lock (gate)
        {
            exception = value;
        }
    }

    public (LogEventProperty[] Properties, Exception? Exception) Snapshot()
    {
        lock (gate)
        {
            return ([.. properties.Values], exception);
        }
    }
}
