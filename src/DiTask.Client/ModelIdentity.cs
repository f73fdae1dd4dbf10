namespace DiTask.Client;

/// <summary>The model that answered.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">Version of the model.</param>
/// <param name="Digest">Digest of its graphs and weights.</param>
/// <param name="Provider">Execution provider: cpu, cuda, coreml.</param>
/// <param name="Notice">What to know before trusting the maps; null when there is nothing.</param>
public sealed record ModelIdentity(string Name, string Version, string Digest, string Provider, string? Notice = null);
