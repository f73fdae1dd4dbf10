using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Serilog.Events;
using Serilog.Extensions.Hosting;
using Serilog.Parsing;

namespace Serilog.AspNetCore;

/// <summary>One event at the end of each request, with the properties that its handlers have set.</summary>
internal sealed class RequestLoggingMiddleware(RequestDelegate next, DiagnosticContext diagnosticContext, RequestLoggingOptions options)
{
    private readonly MessageTemplate messageTemplate = new MessageTemplateParser().Parse(options.MessageTemplate);
    private readonly ILogger? logger = options.Logger?.ForContext<RequestLoggingMiddleware>();

    public async Task Invoke(HttpContext context)
    {
        long start = Stopwatch.GetTimestamp();
        DiagnosticContextCollector collector = DiagnosticContext.BeginCollection();
        try
        {
            await next(context);
            LogCompletion(context, collector, context.Response.StatusCode, start, null);
        }
        catch (Exception exception) when (LogUnhandled(context, collector, start, exception))
        {
            // Never entered: the filter logs while the exception is on its way to whoever answers it.
        }
        finally
        {
            DiagnosticContext.EndCollection();
        }
    }

    private bool LogUnhandled(HttpContext context, DiagnosticContextCollector collector, long start, Exception exception)
    {
        LogCompletion(context, collector, StatusCodes.Status500InternalServerError, start, exception);
        return false;
    }

    private void LogCompletion(HttpContext context, DiagnosticContextCollector collector, int statusCode, long start, Exception? exception)
    {
        double elapsedMilliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        ILogger target = logger ?? Log.ForContext<RequestLoggingMiddleware>();
        LogEventLevel level = options.GetLevel(context, elapsedMilliseconds, exception);
        if (!target.IsEnabled(level))
        {
            return;
        }

        options.EnrichDiagnosticContext?.Invoke(diagnosticContext, context);
        var (collected, collectedException) = collector.Snapshot();
        var own = options.GetMessageTemplateProperties(context, RequestPath(context), elapsedMilliseconds, statusCode);
        target.Write(new LogEvent(
            DateTimeOffset.Now,
            level,
            exception ?? collectedException,
            messageTemplate,
            [.. collected, .. own],
            Activity.Current?.TraceId ?? default,
            Activity.Current?.SpanId ?? default));
    }

    private string RequestPath(HttpContext context)
    {
        IHttpRequestFeature? request = context.Features.Get<IHttpRequestFeature>();
        string? path = options.IncludeQueryInRequestPath ? request?.RawTarget : request?.Path;

        // In-memory test servers leave the raw target empty.
        return string.IsNullOrEmpty(path) ? context.Request.Path.ToString() : path;
    }
}
