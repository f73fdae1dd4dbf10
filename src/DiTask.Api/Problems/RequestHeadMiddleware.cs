using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DiTask.Api.Problems;

/// <summary>
/// Refuses addresses and headers that are too long. The server has limits of its own, and answers without a document when they are passed:
/// they are set to twice these, so that all but absurd requests are told what is wrong.
/// </summary>
internal sealed class RequestHeadMiddleware(RequestDelegate next)
{
    private const int MaxTargetLength = 8 * 1024;
    private const int MaxHeaderBytes = 32 * 1024;
    private const int MaxHeaders = 100;
    private const int ServerFactor = 2;

    public static void ConfigureServer(KestrelServerLimits server)
    {
        server.MaxRequestLineSize = ServerFactor * MaxTargetLength;
        server.MaxRequestHeadersTotalSize = ServerFactor * MaxHeaderBytes;
        server.MaxRequestHeaderCount = ServerFactor * MaxHeaders;
    }

    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        int target = request.Path.ToUriComponent().Length + request.QueryString.ToUriComponent().Length;
        if (target > MaxTargetLength)
        {
            throw new RequestErrorException(new(ErrorCode.UriTooLong, $"An address has at most {MaxTargetLength} characters; found {target}. Options may be sent in the body."));
        }

        int headers = request.Headers.Sum(header => header.Key.Length + header.Value.Sum(value => value?.Length ?? 0));
        if (headers > MaxHeaderBytes || request.Headers.Count > MaxHeaders)
        {
            throw new RequestErrorException(new(
                ErrorCode.HeadersTooLarge,
                $"A request has at most {MaxHeaders} headers of {MaxHeaderBytes} bytes together; found {request.Headers.Count} of {headers} bytes."));
        }

        return next(context);
    }
}
