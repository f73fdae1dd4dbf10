using DiTask.Api.Problems;

namespace DiTask.Api.Metrics;

/// <summary>Measures every request from outside everything else. The label is the route's pattern, so paths made up by callers add no series.</summary>
internal sealed class HttpMetricsMiddleware(RequestDelegate next, HttpMetrics metrics, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        string endpoint = EndpointName.Of(context.GetEndpoint());
        long start = time.GetTimestamp();
        int code = StatusCodes.Status500InternalServerError;
        metrics.Began(endpoint);
        try
        {
            await (HttpMethods.IsPost(context.Request.Method) ? CountBytesAsync(context) : next(context)).ConfigureAwait(false);
            code = context.Response.StatusCode;
        }
        finally
        {
            // An answer whose caller left on the way had its status sent, but never arrived.
            code = context.RequestAborted.IsCancellationRequested ? StatusCodes.Status499ClientClosedRequest : code;
            CountOutcome(context, code);
            metrics.Ended(endpoint, code, time.GetElapsedTime(start));
        }
    }

    private async Task CountBytesAsync(HttpContext context)
    {
        Stream requestBody = context.Request.Body;
        Stream responseBody = context.Response.Body;
        CountingStream received = new(requestBody);
        CountingStream sent = new(responseBody);
        context.Request.Body = received;
        context.Response.Body = sent;
        context.Features.Set(new BodyBytes(received, sent, context.Response));
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response.BodyWriter.UnflushedBytes > 0)
            {
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }
        }
        finally
        {
            context.Request.Body = requestBody;
            context.Response.Body = responseBody;
            metrics.Received(BodyFormats.Of(context.Request.ContentType), received.BytesRead);
            metrics.Sent(BodyFormats.Of(context.Response.ContentType), sent.BytesWritten);
        }
    }

    private void CountOutcome(HttpContext context, int code)
    {
        if (code is StatusCodes.Status499ClientClosedRequest or StatusCodes.Status504GatewayTimeout)
        {
            metrics.Cancelled(context.Features.Get<RequestStage>()?.Invoke());
        }
        else if (context.Features.Get<RequestError>() is { } error)
        {
            metrics.Refused(error.Code);
        }
    }
}
