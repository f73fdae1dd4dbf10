namespace DiTask.Client;

/// <summary>Where the time of a request went, in milliseconds.</summary>
/// <param name="DecodeMs">Bytes to pixels.</param>
/// <param name="PreprocessMs">Pixels to the input of the model.</param>
/// <param name="QueueMs">Longest wait for a run.</param>
/// <param name="InferMs">Longest run.</param>
/// <param name="EncodeMs">Logits to maps to bytes.</param>
/// <param name="TotalMs">From the first byte of the request to that of the answer.</param>
public sealed record Timing(double DecodeMs, double PreprocessMs, double QueueMs, double InferMs, double EncodeMs, double TotalMs);
