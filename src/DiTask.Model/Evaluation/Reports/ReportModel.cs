namespace DiTask.Model.Evaluation.Reports;

/// <summary>What was evaluated.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Digest">Digest of its graphs and weights.</param>
/// <param name="Source">The checkpoint it was folded from.</param>
/// <param name="SourceSha256">Digest of that.</param>
/// <param name="Notice">What its users must know; null for nothing.</param>
public sealed record ReportModel(string Name, string Version, string Digest, string Source, string SourceSha256, string? Notice = null);
