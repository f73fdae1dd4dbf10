namespace DiTask.Api.Models.Contract;

/// <summary>Answer of <c>GET /models</c>.</summary>
/// <param name="Models">The served model; empty while it is being loaded.</param>
internal sealed record ModelList(IReadOnlyList<ModelAnswer> Models);
