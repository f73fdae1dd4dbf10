namespace DiTask.Api.Predict.Contract;

/// <summary>Where the time of a request went, in milliseconds. Stages that work on several images or maps at once are summed over them.</summary>
/// <param name="DecodeMs">Bytes to pixels.</param>
/// <param name="PreprocessMs">Pixels to the model's input.</param>
/// <param name="QueueMs">Longest wait for a run.</param>
/// <param name="InferMs">Longest run.</param>
/// <param name="EncodeMs">Logits to maps to bytes, which is one pass.</param>
/// <param name="TotalMs">From the request's first byte to the answer's.</param>
internal sealed record TimingAnswer(double DecodeMs, double PreprocessMs, double QueueMs, double InferMs, double EncodeMs, double TotalMs);
