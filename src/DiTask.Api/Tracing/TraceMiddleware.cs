using System.Diagnostics;
using DiTask.Api.Logging;
using DiTask.Api.Problems;

namespace DiTask.Api.Tracing;

/// <summary>Makes an activity <c>predict</c> of each request to a <see cref="TracedRoute"/>, with what its log line says.</summary>
internal sealed class TraceMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        Traces.AreOn && context.GetEndpoint()?.Metadata.GetMetadata<TracedRoute>() is not null ? TraceAsync(context) : next(context);

    private async Task TraceAsync(HttpContext context)
    {
        using Activity? activity = Traces.Start("predict", "ditask.request_id", context.TraceIdentifier);
        try
        {
            await next(context).ConfigureAwait(false);
            foreach ((string name, object value) in context.Features.Get<RequestNote>()?.Properties ?? [])
            {
                activity?.SetTag($"ditask.{char.ToLowerInvariant(name[0])}{name[1..]}", value);
            }
        }
        catch (Exception exception)
        {
            string type = exception switch
            {
                RequestErrorException known => ErrorCatalogue.Describe(known.Error.Code).Code,
                OperationCanceledException => "cancelled",
                _ => exception.GetType().Name,
            };
            activity?.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error, type);
            throw;
        }
    }
}
