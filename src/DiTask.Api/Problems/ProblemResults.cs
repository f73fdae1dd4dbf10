using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiTask.Api.Logging;

namespace DiTask.Api.Problems;

/// <summary>Writes an error, whatever the Accept header says.</summary>
internal static class ProblemResults
{
    public const string MediaType = "application/problem+json";

    // Apostrophes stay readable in a terminal; nothing here ends in a page of HTML.
    private static readonly ProblemJson Json = new(new JsonSerializerOptions(ProblemJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static async Task WriteAsync(HttpContext context, RequestError error)
    {
        ProblemDocument document = ProblemDocument.From(error, context.TraceIdentifier);
        HttpResponse response = context.Response;
        context.Features.Set(error);
        RequestNote.Set(context, document.Code, ("Problem", document.Code), ("Detail", document.Detail));
        response.StatusCode = document.Status;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";

        // An answer that failed on its way may have announced its own.
        response.Headers.ContentEncoding = default;
        if (error.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (error.Header is { } header)
        {
            response.Headers[header.Name] = header.Value;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(document, Json.ProblemDocument);
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
