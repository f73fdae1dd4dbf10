using Microsoft.AspNetCore.Diagnostics;

namespace DiTask.Api.Problems;

/// <summary>Turns exceptions that are answers into problem documents. The framework logs the others and answers them with 500.</summary>
internal sealed class ProblemHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        RequestError? error = exception switch
        {
            RequestErrorException known => known.Error,
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new(
                ErrorCode.BodyTooSlow, "The body arrived more slowly than Limits:MinBodyBytesPerSecond."),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(
                ErrorCode.BodyTooLarge, "The body is larger than the server reads, Limits:MaxBodyBytes."),
            BadHttpRequestException => new(ErrorCode.MalformedRequest, "The request ended early or is not valid HTTP."),
            _ => null,
        };
        if (error is null)
        {
            return ValueTask.FromResult(false);
        }

        httpContext.Features.Set(error);
        return problems.TryWriteAsync(new() { HttpContext = httpContext, Exception = exception });
    }
}
