using Microsoft.AspNetCore.Http;
using Serilog.Events;

namespace Serilog.AspNetCore;

public class RequestLoggingOptions
{
    public string MessageTemplate { get; set; } = "HTTP {RequestMethod} {RequestPath} responded {StatusCode} in {Elapsed:0.0000} ms";

    public Func<HttpContext, double, Exception?, LogEventLevel> GetLevel { get; set; } = (context, _, exception) =>
        exception is not null || context.Response.StatusCode > 499 ? LogEventLevel.Error : LogEventLevel.Information;

    public Action<IDiagnosticContext, HttpContext>? EnrichDiagnosticContext { get; set; }

    public ILogger? Logger { get; set; }

    public bool IncludeQueryInRequestPath { get; set; }

    public Func<HttpContext, string, double, int, IEnumerable<LogEventProperty>> GetMessageTemplateProperties { get; set; } =
        (context, path, elapsedMilliseconds, statusCode) =>
        [
            new LogEventProperty("RequestMethod", new ScalarValue(context.Request.Method)),
            new LogEventProperty("RequestPath", new ScalarValue(path)),
            new LogEventProperty("StatusCode", new ScalarValue(statusCode)),
            new LogEventProperty("Elapsed", new ScalarValue(elapsedMilliseconds)),
        ];
}
