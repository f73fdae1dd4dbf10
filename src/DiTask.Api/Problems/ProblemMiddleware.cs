using System.Diagnostics.CodeAnalysis;

namespace DiTask.Api.Problems;

/// <summary>Turns what escapes a request, and empty error answers of the framework, into problem documents.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    [SuppressMessage("Design", "CA1031", Justification = "The last resort: every exception becomes a 500 without details.")]
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left: 499 is for the log, nothing is sent.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }

            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await ProblemResults.WriteAsync(context, Translate(exception)).ConfigureAwait(false);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null } response
            && FromStatus(response.StatusCode, context) is { } error)
        {
            await ProblemResults.WriteAsync(context, error).ConfigureAwait(false);
        }
    }

    private RequestError Translate(Exception exception)
    {
        switch (exception)
        {
            case RequestErrorException known:
                return known.Error;
            case BadHttpRequestException bad:
                return bad.StatusCode switch
                {
                    StatusCodes.Status408RequestTimeout => new(ErrorCode.BodyTooSlow, "The body arrived more slowly than Limits:MinBodyBytesPerSecond."),
                    StatusCodes.Status413PayloadTooLarge => new(ErrorCode.BodyTooLarge, "The body is larger than the server reads, Limits:MaxBodyBytes."),
                    _ => new(ErrorCode.MalformedRequest, "The request ended early or is not valid HTTP."),
                };
            default:
                Log.RequestFailed(logger, exception);
                return new(ErrorCode.Internal, "The service failed; its log has the reason under this request's identifier.");
        }
    }

    private static RequestError? FromStatus(int status, HttpContext context) => status switch
    {
        StatusCodes.Status404NotFound => new(ErrorCode.NotFound, $"Nothing is at {context.Request.Path}; /swagger lists what is."),
        StatusCodes.Status405MethodNotAllowed => new(
            ErrorCode.MethodNotAllowed, $"{context.Request.Path} takes {context.Response.Headers.Allow}, not {context.Request.Method}."),
        StatusCodes.Status415UnsupportedMediaType => new(ErrorCode.UnsupportedMediaType, $"{context.Request.Path} does not take '{context.Request.ContentType}'."),
        _ => null,
    };
}
