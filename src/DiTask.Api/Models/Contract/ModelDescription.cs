namespace DiTask.Api.Models.Contract;

/// <summary>What answered.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">Version of the model.</param>
/// <param name="Digest">Digest of its graphs and weights.</param>
/// <param name="Provider">Execution provider in use: cpu, cuda, coreml.</param>
/// <param name="Notice">What to know before trusting the maps, such as that the model is untrained; absent when there is nothing.</param>
internal sealed record ModelDescription(string Name, string Version, string Digest, string Provider, string? Notice);
