using System.Globalization;
using DiTask.Api.Logging;
using DiTask.Api.Metrics;
using DiTask.Api.Models;
using DiTask.Api.Predict;
using DiTask.Api.Problems;

namespace DiTask.Api.OpenInference;

/// <summary><c>POST /v2/models/{model}/infer</c>: HTTP in, HTTP out.</summary>
internal sealed class InferEndpoint(
    ProtocolModels models, Inferer inferer, ModelStatistics statistics, ProtocolLimits limits, PipelineMetrics metrics, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context, string model, string? version)
    {
        long start = time.GetTimestamp();
        string? id = null;
        ProtocolModel? found = null;
        Deadline? deadline = null;
        ModelLease? lease = null;
        try
        {
            found = models.Lease(model, version, out lease);
            Predictor.RequireRoom(lease.Instance);
            deadline = new(Deadline.LimitOf(context.Request.Headers[Deadline.Header], limits.Limits), time, context.RequestAborted);
            using InferBody body = await InferBody.ReadAsync(context.Request, limits.Limits, deadline.Cancellation).ConfigureAwait(false);
            InferRequest request = new InferRequestParser(found, limits).Parse(body, out id);
            metrics.RequestRead(time.GetElapsedTime(start));
            if (request.Timeout < deadline.Left)
            {
                deadline.Dispose();
                deadline = new(request.Timeout.Value, time, context.RequestAborted);
            }

            InferWriter.RequireWritable(request, limits.Limits);
            InferAnswer answer = await inferer.InferAsync(found, request, deadline).ConfigureAwait(false);
            TimeSpan total = time.GetElapsedTime(start);
            Note(context, found, answer);
            await InferWriter.WriteAsync(context, found, id ?? context.TraceIdentifier, answer).ConfigureAwait(false);
            statistics.Succeeded(
                found.Name, found.Version, new(answer.Runs, answer.InputTime, answer.QueueTime, answer.RunTime, answer.OutputTime), total);
        }
        catch (RequestErrorException exception)
        {
            throw Fail(exception.Error);
        }
        catch (OperationCanceledException) when (deadline is { HasExpired: true } && !context.Response.HasStarted)
        {
            throw Fail(deadline.Error);
        }
        finally
        {
            deadline?.Dispose();
            lease?.Dispose();
        }

        RequestErrorException Fail(RequestError error)
        {
            if (found is not null)
            {
                statistics.Failed(found.Name, found.Version, time.GetElapsedTime(start));
            }

            // The protocol's clients know one status for a request that is not good.
            int status = ErrorCatalogue.Describe(error.Code).Status;
            return new RequestErrorException(error with { Id = id, Status = status is 415 or 422 ? 400 : status });
        }
    }

    private static void Note(HttpContext context, ProtocolModel model, InferAnswer answer)
    {
        string tasks = string.Join('+', answer.Outputs.Select(output => output.Info.Name));
        RequestNote.Set(
            context,
            string.Create(CultureInfo.InvariantCulture, $"{answer.Count} images, {model.Name}, {tasks}, batch of {answer.BatchImages}"),
            ("Images", answer.Count),
            ("Tasks", tasks),
            ("BatchImages", answer.BatchImages),
            ("DecodeMs", answer.InputTime.TotalMilliseconds),
            ("QueueMs", answer.QueueTime.TotalMilliseconds),
            ("InferMs", answer.RunTime.TotalMilliseconds),
            ("PostprocessMs", answer.OutputTime.TotalMilliseconds));
    }
}
