using System.Diagnostics;
using System.Runtime.InteropServices;
using DiTask.Api.Batching;
using DiTask.Api.Metrics;
using DiTask.Api.Models;
using DiTask.Api.Predict;
using DiTask.Api.Problems;
using DiTask.Api.Tracing;
using DiTask.Model.Inference;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Api.OpenInference;

/// <summary>A request to its tensors, through the same decoding, queue and model as <c>/predict</c>.</summary>
internal sealed class Inferer(Predictor predictor, ImagePreparer preparer, CpuPool cpu, ProtocolLimits limits, PipelineMetrics metrics, TimeProvider time)
{
    /// <exception cref="RequestErrorException">There is no answer; one bad image fails the request.</exception>
    /// <exception cref="OperationCanceledException">The time is over or the caller has left.</exception>
    public async Task<InferAnswer> InferAsync(ProtocolModel model, InferRequest request, Deadline deadline)
    {
        PredictOptions options = new() { Tasks = [.. request.Outputs.Select(output => output.Info.Name)], Strict = true };
        using PredictRequest uploads = new();
        uploads.Images.AddRange(Enumerable.Range(0, request.Count).Select(index => Upload(request, index)));
        PreparedImage[] images = [.. uploads.Images.Select(image => new PreparedImage(image))];
        bool isAnswered = false;
        try
        {
            deadline.Stage = "decode";
            long start = time.GetTimestamp();
            await PrepareAsync(model, request, options, images, deadline).ConfigureAwait(false);
            TimeSpan inputTime = time.GetElapsedTime(start);

            deadline.Stage = "queue and run";
            BatchAnswer<ModelOutput>?[] answers = await Predictor.RunAsync(model.Instance, images, options.Priority, deadline).ConfigureAwait(false);
            ImageErrors.ThrowIfFatal(images, strict: true);

            deadline.Stage = "encode";
            start = time.GetTimestamp();
            OutputTensor[] outputs = await Task.WhenAll(request.Outputs.Select(output => RenderAsync(model, output, answers, deadline.Cancellation))).ConfigureAwait(false);
            TimeSpan outputTime = time.GetElapsedTime(start);
            metrics.MapsPostprocessed(outputTime);
            isAnswered = true;
            return new InferAnswer(
                request.Count,
                outputs,
                [.. answers.Select(answer => answer!.Output.Run)],
                inputTime,
                answers.Max(answer => answer!.QueueTime),
                answers.Max(answer => answer!.RunTime),
                outputTime,
                answers.Max(answer => answer!.BatchItems));
        }
        finally
        {
            Array.ForEach(images, image => predictor.Count(image, model.Served.Manifest.Name, isAnswered));
            Array.ForEach(images, image => image.Dispose());
        }
    }

    private UploadedImage Upload(InferRequest request, int index)
    {
        ReadOnlySpan<byte> bytes = request.Images.Count > 0 ? request.Images[index].Span : default;
        return new UploadedImage($"{index}", RentedBytes.CopyOf(bytes), LimitErrors.OfImage(bytes.Length, limits.Limits));
    }

    private async Task PrepareAsync(ProtocolModel model, InferRequest request, PredictOptions options, PreparedImage[] images, Deadline deadline)
    {
        if (model.IsTensor)
        {
            for (int i = 0; i < images.Length; i++)
            {
                int length = model.Served.SlotLength;
                images[i].Input = new ModelInput(length, options.Tasks);
                MemoryMarshal.Cast<byte, float>(request.Values.Span).Slice(i * length, length).CopyTo(images[i].Input!.Slot.Span);
            }

            return;
        }

        Array.ForEach(images, image => preparer.ReadHeader(image, options, model.Size));
        ImageErrors.ThrowIfFatal(images, strict: true);
        await Task.WhenAll(images.Select(image => preparer.DecodeAsync(image, options, model.Served, deadline.Cancellation))).ConfigureAwait(false);
        ImageErrors.ThrowIfFatal(images, strict: true);
    }

    private async Task<OutputTensor> RenderAsync(
        ProtocolModel model, RequestedOutput output, BatchAnswer<ModelOutput>?[] answers, CancellationToken cancellation)
    {
        TaskInfo task = model.Served.Manifest.Tasks.Single(known => known.Info.Name == output.Info.Name).Info;
        byte[][] parts = await Task.WhenAll(answers.Select(answer => cpu.RunAsync(() => Render(model, task, answer!.Output), cancellation))).ConfigureAwait(false);
        return new OutputTensor(output.Info, [parts.Length, .. output.Info.Shape.Skip(1)], [.. parts.Select(part => part.AsMemory())], output.IsBinary);
    }

    private static byte[] Render(ProtocolModel model, TaskInfo task, ModelOutput output)
    {
        using Activity? activity = Traces.Start("postprocess", "ditask.task", task.Name);
        (TaskLogits logits, int entry) = output.Tasks[task.Name];
        if (model.IsTensor)
        {
            return MemoryMarshal.AsBytes(logits.Entry(entry)).ToArray();
        }

        TaskDecoder decoder = new(task, logits.EntryMemory(entry), logits.Height, logits.Width, model.Size, model.Size);
        return task.Kind == TaskKind.Labels ? decoder.ReadLabels() : MemoryMarshal.AsBytes<float>(decoder.ReadValues()).ToArray();
    }
}
