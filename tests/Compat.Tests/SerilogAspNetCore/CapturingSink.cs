using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;

namespace Compat.Tests.SerilogAspNetCore;

internal sealed class CapturingSink : ILogEventSink, IDisposable
{
    private readonly BlockingCollection<LogEvent> events = [];
    private readonly BlockingCollection<LogEvent> completions = [];

    public bool Disposed { get; private set; }

    public LogEvent[] Events => [.. events];

    public void Emit(LogEvent logEvent)
    {
        events.Add(logEvent);
        if (logEvent.Properties.ContainsKey("RequestPath") && logEvent.Properties.ContainsKey("Elapsed"))
        {
            completions.Add(logEvent);
        }
    }

    /// <summary>The next event of the request logging. It is written when the answer may already be with the client.</summary>
    public LogEvent TakeCompletion() =>
        completions.TryTake(out LogEvent? logEvent, TimeSpan.FromSeconds(30)) ? logEvent : throw new TimeoutException("No request was logged.");

    public void Dispose() => Disposed = true;
}
