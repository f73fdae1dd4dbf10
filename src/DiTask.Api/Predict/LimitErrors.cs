using DiTask.Api.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace DiTask.Api.Predict;

/// <summary>What is said of sizes over a limit, whatever form the request has: the limit, its name, what was found.</summary>
internal static class LimitErrors
{
    public static RequestError BodyTooLarge(long maxBytes, long found) =>
        new(ErrorCode.BodyTooLarge, $"A body has at most {maxBytes} bytes, Limits:MaxBodyBytes; found {found}.");

    /// <summary>Null for an image that is small enough.</summary>
    public static RequestError? OfImage(long bytes, LimitsOptions limits) => bytes > limits.MaxImageBytes
        ? new(ErrorCode.ImageTooLarge, $"An image has at most {limits.MaxImageBytes} bytes, Limits:MaxImageBytes; found {bytes}.")
        : null;

    public static RequestErrorException TooManyImages(LimitsOptions limits, string found) =>
        new(new(ErrorCode.TooManyImages, $"A request has at most {limits.MaxImages} images, Limits:MaxImages; found {found}."));

    /// <summary>Refuses a body that says it is too long, and tells the server where to stop one that does not say.</summary>
    /// <exception cref="RequestErrorException">The declared length is over the limit.</exception>
    public static void LimitBody(HttpRequest request, LimitsOptions limits)
    {
        if (request.ContentLength is { } length && length > limits.MaxBodyBytes)
        {
            throw new RequestErrorException(BodyTooLarge(limits.MaxBodyBytes, length));
        }

        // The server's own limit may be lower or higher, and counts the bytes of a body that does not say how many it has.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limits.MaxBodyBytes;
        }
    }
}
