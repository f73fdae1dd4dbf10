namespace DiTask.Client;

/// <summary>The largest run that a request was part of.</summary>
/// <param name="Images">Images in the run.</param>
/// <param name="Requests">Requests that they came from.</param>
/// <param name="Padded">Rows that were added to reach a size.</param>
public sealed record BatchInfo(int Images, int Requests, int Padded);
