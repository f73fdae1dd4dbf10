namespace DiTask.Api.OpenInference;

/// <summary>What a request is answered.</summary>
/// <param name="Count">Images.</param>
/// <param name="Outputs">In the order asked for.</param>
/// <param name="Runs">The run that each image was in.</param>
/// <param name="InputTime">Decoding and preprocessing.</param>
/// <param name="QueueTime">In the queue.</param>
/// <param name="RunTime">In the model.</param>
/// <param name="OutputTime">Making the outputs.</param>
/// <param name="BatchImages">Images of the largest run.</param>
internal sealed record InferAnswer(
    int Count,
    IReadOnlyList<OutputTensor> Outputs,
    IReadOnlyList<object> Runs,
    TimeSpan InputTime,
    TimeSpan QueueTime,
    TimeSpan RunTime,
    TimeSpan OutputTime,
    int BatchImages);
