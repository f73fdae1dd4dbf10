using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiTask.Api.Logging;

namespace DiTask.Api.Problems;

/// <summary>
/// Writes a request's <see cref="RequestError"/>, or what the status of an empty answer stands for. The framework's own writer
/// leaves the body empty where Accept names no JSON; clients that ask for a picture are told what is wrong, too.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    // Apostrophes stay readable in a terminal; nothing here ends in a page of HTML.
    private static readonly ProblemJson Json = new(
        new JsonSerializerOptions(ProblemJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public bool CanWrite(ProblemDetailsContext context) => ErrorOf(context.HttpContext) is not null;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        HttpContext http = context.HttpContext;
        HttpResponse response = http.Response;
        RequestError error = ErrorOf(http)!;
        ProblemDocument document = ProblemDocument.From(error, http.TraceIdentifier);
        http.Features.Set(error);
        RequestNote.Set(http, document.Code, ("Problem", document.Code), ("Detail", document.Detail));
        response.StatusCode = document.Status;
        response.Headers.CacheControl = "no-store";
        if (error.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (error.Header is { } header)
        {
            response.Headers[header.Name] = header.Value;
        }

        byte[] body = JsonSerializer.SerializeToUtf8Bytes(document, Json.ProblemDocument);
        response.ContentType = ProblemDocument.MediaType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    private static RequestError? ErrorOf(HttpContext context) => context.Features.Get<RequestError>() ?? context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => new(ErrorCode.NotFound, $"Nothing is at {context.Request.Path}; /swagger lists what is."),
        StatusCodes.Status405MethodNotAllowed => new(
            ErrorCode.MethodNotAllowed, $"{context.Request.Path} takes {context.Response.Headers.Allow}, not {context.Request.Method}."),
        StatusCodes.Status415UnsupportedMediaType => new(
            ErrorCode.UnsupportedMediaType, $"{context.Request.Path} does not take '{context.Request.ContentType}'."),
        StatusCodes.Status500InternalServerError => new(
            ErrorCode.Internal, "The service failed; its log has the reason under this request's identifier."),
        _ => null,
    };
}
