namespace DiTask.Api.Models.Contract;

/// <summary>Answer of <c>GET /models</c>.</summary>
/// <param name="Models">By name; one of which nothing is known yet is not there.</param>
internal sealed record ModelList(IReadOnlyList<ModelAnswer> Models);
