namespace DiTask.Api.OpenInference;

/// <summary>An output that a request names.</summary>
/// <param name="Info">Which.</param>
/// <param name="IsBinary">Behind the JSON in place of inside it.</param>
internal sealed record RequestedOutput(TensorInfo Info, bool IsBinary);
