namespace DiTask.Api.Models.Contract;

/// <summary>A version of a model, in short.</summary>
/// <param name="Version">Its version.</param>
/// <param name="State">loading, warming, ready, draining or failed.</param>
/// <param name="Reason">Why it failed; absent when it did not.</param>
/// <param name="Digest">Digest of its graphs and weights; absent until it is opened.</param>
/// <param name="Provider">Execution provider in use; absent until it is opened.</param>
internal sealed record VersionAnswer(string Version, string State, string? Reason, string? Digest, string? Provider);
