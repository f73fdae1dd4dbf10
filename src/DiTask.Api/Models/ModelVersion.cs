namespace DiTask.Api.Models;

/// <summary>A version of a model, and how it is now.</summary>
/// <param name="Version">Its version.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Instance">It, from the time that its manifest is known; null before and when it failed.</param>
/// <param name="Reason">Why it failed; null when it did not.</param>
internal sealed record ModelVersion(string Version, ModelState State, ModelInstance? Instance = null, string? Reason = null);
