namespace DiTask.Api.Models;

/// <summary>A folded model on disk that may be served.</summary>
/// <param name="Name">The name that it is served under; null for the one in its manifest.</param>
/// <param name="Version">The version that it is served as; null for the one in its manifest.</param>
/// <param name="Path">Its folder.</param>
internal sealed record ModelSource(string? Name, string? Version, string Path);
