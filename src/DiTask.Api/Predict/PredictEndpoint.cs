using System.Globalization;
using DiTask.Api.Logging;
using DiTask.Api.Metrics;
using DiTask.Api.Models;
using DiTask.Api.Predict.Contract;
using DiTask.Api.Problems;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Predict;

/// <summary><c>POST /predict</c>: HTTP in, HTTP out.</summary>
internal sealed class PredictEndpoint(
    ModelHost host, ModelStatistics statistics, Predictor predictor, UploadReader reader, IOptions<LimitsOptions> limits, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        using ModelLease lease = host.Lease(
            UploadReader.OfQuery(context.Request, UploadReader.ModelQuery), UploadReader.OfQuery(context.Request, UploadReader.VersionQuery));
        Predictor.RequireRoom(lease.Instance);
        TimeSpan limit = Deadline.LimitOf(context.Request.Headers[Deadline.Header], limits.Value, out string? problem);
        using Deadline deadline = new(limit, time, context.RequestAborted);
        context.Features.Set<RequestStage>(() => deadline.Stage);
        bool isAnswered = false;
        try
        {
            using PredictRequest request = await reader.ReadAsync(context.Request, deadline.Cancellation).ConfigureAwait(false);
            request.HeaderProblem = problem is null ? null : (ErrorCode.BadTimeout, "/headers/" + Deadline.Header, problem);
            Prediction prediction = await predictor
                .PredictAsync(lease.Instance, request, context.TraceIdentifier, context.Request.Headers.Accept, deadline).ConfigureAwait(false);
            isAnswered = true;
            statistics.Succeeded(lease.Instance.Name, lease.Instance.Version, prediction.Times, deadline.Elapsed);
            Note(context, prediction.Answer);
            await WriteAsync(context, prediction).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.HasExpired && !context.Response.HasStarted)
        {
            throw new RequestErrorException(deadline.Error);
        }
        finally
        {
            if (!isAnswered)
            {
                statistics.Failed(lease.Instance.Name, lease.Instance.Version, deadline.Elapsed);
            }
        }
    }

    private async Task WriteAsync(HttpContext context, Prediction prediction)
    {
        PredictAnswer answer = prediction.Answer;
        HttpResponse response = context.Response;
        response.Headers["X-Batch-Images"] = answer.Batch.Images.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Model-Version"] = answer.Model.Version;
        response.Headers["X-Model-Digest"] = answer.Model.Digest;
        string[] warnings = [.. answer.Images.SelectMany(image => image.Warnings ?? []).Select(warning => warning.Code).Distinct()];
        if (warnings.Length > 0)
        {
            // A bare map has no manifest to say it in.
            response.Headers["X-Warnings"] = string.Join(", ", warnings);
        }

        response.Headers["Server-Timing"] = ServerTiming(answer.Timing);
        response.Headers.Vary = "Accept";
        response.Headers.CacheControl = "no-store";
        await AnswerWriter.WriteAsync(context, prediction, time.GetUtcNow()).ConfigureAwait(false);
    }

    private static void Note(HttpContext context, PredictAnswer answer)
    {
        int failed = answer.Images.Count(image => image.Error is not null);
        string tasks = string.Join('+', answer.Images.First(image => image.Maps is not null).Maps!.Keys);
        RequestNote.Set(
            context,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{answer.Images.Count} images ({failed} failed), {tasks}, batch of {answer.Batch.Images} from {answer.Batch.Requests} requests, {ServerTiming(answer.Timing)}"),
            ("Images", answer.Images.Count),
            ("ImagesFailed", failed),
            ("Tasks", tasks),
            ("BatchImages", answer.Batch.Images),
            ("BatchRequests", answer.Batch.Requests),
            ("DecodeMs", answer.Timing.DecodeMs),
            ("PreprocessMs", answer.Timing.PreprocessMs),
            ("QueueMs", answer.Timing.QueueMs),
            ("InferMs", answer.Timing.InferMs),
            ("EncodeMs", answer.Timing.EncodeMs));
    }

    private static string ServerTiming(TimingAnswer timing) => string.Create(
        CultureInfo.InvariantCulture,
        $"decode;dur={timing.DecodeMs}, preprocess;dur={timing.PreprocessMs}, queue;dur={timing.QueueMs}, infer;dur={timing.InferMs}, encode;dur={timing.EncodeMs}, total;dur={timing.TotalMs}");
}
