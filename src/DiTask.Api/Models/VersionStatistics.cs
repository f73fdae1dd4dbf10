namespace DiTask.Api.Models;

/// <summary>What a version has done since the service began.</summary>
/// <param name="LastInference">Time of the latest answer in milliseconds since 1970; zero before the first.</param>
/// <param name="Images">Images that were answered.</param>
/// <param name="Executions">Runs that they were in.</param>
/// <param name="Success">Requests that were answered.</param>
/// <param name="Fail">Requests that were not.</param>
/// <param name="Queue">In the queue.</param>
/// <param name="Input">Decoding and preprocessing.</param>
/// <param name="Infer">In the model.</param>
/// <param name="Output">Making the outputs.</param>
internal sealed record VersionStatistics(
    long LastInference,
    long Images,
    long Executions,
    CountedTime Success,
    CountedTime Fail,
    CountedTime Queue,
    CountedTime Input,
    CountedTime Infer,
    CountedTime Output);
