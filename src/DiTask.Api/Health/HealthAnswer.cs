namespace DiTask.Api.Health;

/// <summary>How the service is: the same body for every health address; the status tells them apart.</summary>
/// <param name="Live">The process is of use, or will be.</param>
/// <param name="Ready">Requests are answered now.</param>
/// <param name="State">loading, warming, ready, draining or failed: a model that was to be loaded at the start is not there.</param>
/// <param name="Models">Every model whose name is known.</param>
internal sealed record HealthAnswer(bool Live, bool Ready, string State, IReadOnlyList<ModelHealth> Models);
