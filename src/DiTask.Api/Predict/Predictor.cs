using System.Diagnostics;
using DiTask.Api.Batching;
using DiTask.Api.Metrics;
using DiTask.Api.Models;
using DiTask.Api.Models.Contract;
using DiTask.Api.Predict.Contract;
using DiTask.Api.Problems;
using DiTask.Api.Tracing;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Predict;

/// <summary>Images and options to maps: headers, pixels, one place in the queue per image, maps.</summary>
internal sealed class Predictor(
    ImagePreparer preparer, CpuPool cpu, IOptions<LimitsOptions> limits, PipelineMetrics metrics, TimeProvider time)
{
    private readonly LimitsOptions limits = limits.Value;

    /// <summary>Refuses what could not be queued now, before its body is read.</summary>
    /// <exception cref="RequestErrorException">The queue is full.</exception>
    public static void RequireRoom(ModelInstance instance)
    {
        if (instance.Batcher.IsFull)
        {
            throw new RequestErrorException(Refusal(BatchAdmission.QueueFull, instance));
        }
    }

    /// <summary>Answers a request.</summary>
    /// <param name="instance">The model; the caller holds its lease.</param>
    /// <param name="request">The request; the caller disposes it afterwards.</param>
    /// <param name="id">Its identifier.</param>
    /// <param name="accept">Its Accept header.</param>
    /// <param name="deadline">Its time.</param>
    /// <exception cref="RequestErrorException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException">The time is over or the caller has left.</exception>
    public async Task<Prediction> PredictAsync(ModelInstance instance, PredictRequest request, string id, string? accept, Deadline deadline)
    {
        metrics.RequestRead(deadline.Elapsed);
        ServedModel model = instance.Model;
        PredictOptions options = OptionsParser.Parse(request, model.TaskNames, limits);
        PreparedImage[] images = [.. request.Images.Select(image => new PreparedImage(image))];
        bool isAnswered = false;
        try
        {
            deadline.Stage = "decode";
            AnswerForm form = ReadHeaders(images, model, options, accept);
            options = options with
            {
                Strict = options.Strict || AnswerForms.IsBare(form),
                Maps = form == AnswerForm.Npy ? options.Maps with { Format = MapFormat.Npy } : options.Maps,
            };
            await Task.WhenAll(images.Select(image => preparer.DecodeAsync(image, options, model, deadline.Cancellation))).ConfigureAwait(false);
            ImageErrors.ThrowIfFatal(images, options.Strict);

            deadline.Stage = "queue and run";
            BatchAnswer<ModelOutput>?[] answers = await RunAsync(instance, images, options.Priority, deadline).ConfigureAwait(false);
            ImageErrors.ThrowIfFatal(images, options.Strict);

            deadline.Stage = "encode";
            Prediction prediction = await RenderAsync(model, options, form, id, images, answers, deadline).ConfigureAwait(false);
            isAnswered = true;
            return prediction;
        }
        finally
        {
            Array.ForEach(images, image => Count(image, model.Manifest.Name, isAnswered));
            Array.ForEach(images, image => image.Dispose());
        }
    }

    /// <summary>Counts an image of a request that has ended.</summary>
    public void Count(PreparedImage image, string model, bool isAnswered)
    {
        if (image.Input is not null && image.Header is not null)
        {
            metrics.ImageDecoded(image.DecodeTime, image.PreprocessTime);
        }

        metrics.ImageEnded(model, image.Error is not null ? ImageResult.Failed : isAnswered ? ImageResult.Ok : ImageResult.Dropped);
    }

    private AnswerForm ReadHeaders(PreparedImage[] images, ServedModel model, PredictOptions options, string? accept)
    {
        Array.ForEach(images, image => preparer.ReadHeader(image, options, model.Manifest.Input.Size));
        ImageErrors.ThrowIfFatal(images, options.Strict);
        TaskInfo[] tasks = [.. model.Manifest.Tasks.Select(task => task.Info).Where(task => options.Tasks.Contains(task.Name))];
        AnswerForm form = AnswerForms.Choose(accept, images, tasks, options, limits);
        ImageErrors.ThrowIfFatal(images, AnswerForms.IsBare(form));
        return form;
    }

    /// <summary>One answer per image; null where the image has an error.</summary>
    public static async Task<BatchAnswer<ModelOutput>?[]> RunAsync(ModelInstance instance, PreparedImage[] images, BatchPriority priority, Deadline deadline)
    {
        PreparedImage[] runnable = [.. images.Where(image => image.Error is null)];
        DateTimeOffset queued = DateTimeOffset.UtcNow;
        BatchAdmission admission = instance.Batcher.Submit(
            [.. runnable.Select(image => image.Input!)], deadline.Left, priority, out IReadOnlyList<Task<BatchAnswer<ModelOutput>>> tasks, deadline.Cancellation);
        if (admission != BatchAdmission.Accepted)
        {
            throw new RequestErrorException(Refusal(admission, instance));
        }

        // All of them, whatever becomes of each: only then may the slots be used again.
        await ((Task)Task.WhenAll(tasks)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var answers = new BatchAnswer<ModelOutput>?[images.Length];
        for (int i = 0; i < runnable.Length; i++)
        {
            int index = Array.IndexOf(images, runnable[i]);
            if (tasks[i].IsCompletedSuccessfully)
            {
                answers[index] = await tasks[i].ConfigureAwait(false);
                Traces.Add("queue", queued, answers[index]!.QueueTime, "ditask.image", images[index].Id);
            }
            else if (tasks[i].IsCanceled)
            {
                deadline.Cancellation.ThrowIfCancellationRequested();
                throw new RequestErrorException(Refusal(BatchAdmission.Closed, instance));
            }
            else if (tasks[i].Exception?.InnerException is TimeoutException)
            {
                throw new RequestErrorException(deadline.Error);
            }
            else if (tasks[i].Exception?.InnerException is BatchFailureException { Failure: BatchFailure.Lost })
            {
                throw new RequestErrorException(ModelHost.Unavailable(ModelState.DeviceLost));
            }
            else if (tasks[i].Exception?.InnerException is BatchFailureException)
            {
                runnable[i].Error = new(ErrorCode.OutOfMemory, "There was not enough memory to run the model on this image, even alone; the service runs smaller batches for a while.")
                {
                    RetryAfterSeconds = instance.Batcher.RetryAfterSeconds,
                };
            }
            else
            {
                runnable[i].Error = new(ErrorCode.InferenceFailed, "The model failed on this image; the service's log has the reason.");
            }
        }

        return answers;
    }

    private async Task<Prediction> RenderAsync(
        ServedModel model, PredictOptions options, AnswerForm form, string id, PreparedImage[] images, BatchAnswer<ModelOutput>?[] answers, Deadline deadline)
    {
        long encodeTicks = 0;
        Dictionary<string, TaskInfo> infos = model.Manifest.Tasks.ToDictionary(task => task.Info.Name, task => task.Info);
        var maps = await Task.WhenAll(images.Select((image, index) => Task.WhenAll(
            answers[index] is { } answer ? options.Tasks.Select(task => RenderAsync(infos[task], image, answer.Output)) : []))).ConfigureAwait(false);

        metrics.MapsEncoded(TimeSpan.FromTicks(encodeTicks));
        BatchAnswer<ModelOutput>[] ran = [.. answers.OfType<BatchAnswer<ModelOutput>>()];
        BatchAnswer<ModelOutput> largest = ran.MaxBy(answer => answer.BatchItems)!;
        PredictAnswer manifest = new()
        {
            Id = id,
            Model = new ModelDescription(model.Manifest.Name, model.Manifest.Version, model.Digest, model.Provider, model.Manifest.Notice),
            Images = [.. images.Select((image, index) => Describe(image, options, maps[index]))],
            Batch = new BatchDescription(largest.BatchItems, largest.BatchCallers, largest.Padding),
            Cost = CostAnswer.Of([.. ran.Select(answer => answer.Output.Run)], options.Tasks),
            Timing = new TimingAnswer(
                Milliseconds(Sum(images.Select(image => image.DecodeTime))),
                Milliseconds(Sum(images.Select(image => image.PreprocessTime))),
                Milliseconds(ran.Max(answer => answer.QueueTime)),
                Milliseconds(ran.Max(answer => answer.RunTime)),
                Milliseconds(TimeSpan.FromTicks(encodeTicks)),
                Milliseconds(deadline.Elapsed)),
        };
        RequestTimes times = new(
            [.. ran.Select(answer => answer.Output.Run)],
            Sum(images.Select(image => image.DecodeTime + image.PreprocessTime)),
            ran.Max(answer => answer.QueueTime),
            ran.Max(answer => answer.RunTime),
            TimeSpan.FromTicks(encodeTicks));
        return new Prediction(manifest, form, AnswerForms.IsBare(form) ? [.. maps.Select(map => map[0].Map)] : [], times);

        Task<(EncodedMap Map, MapAnswer Answer)> RenderAsync(TaskInfo task, PreparedImage image, ModelOutput output) => cpu.RunAsync(
            () =>
            {
                using Activity? activity = Traces.Start("encode", "ditask.task", task.Name);
                long start = time.GetTimestamp();
                (EncodedMap, MapAnswer) result = MapRenderer.Render(task, image, output, options);
                Interlocked.Add(ref encodeTicks, time.GetElapsedTime(start).Ticks);
                return result;
            },
            deadline.Cancellation);
    }

    private static ImageAnswer Describe(PreparedImage image, PredictOptions options, (EncodedMap Map, MapAnswer Answer)[] maps) => new()
    {
        Id = image.Id,
        Source = image.Header is { } header ? new SourceDescription(header.Width, header.Height, header.MediaType, header.Orientation) : null,
        Warnings = image.Header is { Frames: > 1 } animation
            ? [new ImageWarning(ImageWarning.Animation, $"The image is an animation of {animation.Frames} frames; the maps are of the first.")]
            : null,
        Error = image.Error is { } error ? ImageError.From(error) : null,
        Maps = image.Error is null ? options.Tasks.Zip(maps).ToDictionary(pair => pair.First, pair => pair.Second.Answer) : null,
    };

    private static RequestError Refusal(BatchAdmission admission, ModelInstance instance) => admission switch
    {
        BatchAdmission.QueueFull => new(ErrorCode.QueueFull, "The queue, Batching:QueueCapacity, has no room for the images of this request.")
        {
            RetryAfterSeconds = instance.Batcher.RetryAfterSeconds,
        },
        BatchAdmission.DeadlineUnreachable => new(ErrorCode.DeadlineUnreachable, "At the present rate the images ahead of this request take longer than it has time.")
        {
            RetryAfterSeconds = instance.Batcher.RetryAfterSeconds,
        },
        _ => new(ErrorCode.Draining, "The service is shutting down; another replica may answer.") { RetryAfterSeconds = instance.Batcher.RetryAfterSeconds },
    };

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, next) => sum + next);

    private static double Milliseconds(TimeSpan span) => Math.Round(span.TotalMilliseconds, 2);
}
