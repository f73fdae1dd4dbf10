namespace DiTask.Api.Predict.Contract;

/// <summary>The largest run that the request was part of.</summary>
/// <param name="Images">Images in the run.</param>
/// <param name="Requests">Requests that they came from.</param>
/// <param name="Padded">Rows that were added to reach a size.</param>
internal sealed record BatchDescription(int Images, int Requests, int Padded);
