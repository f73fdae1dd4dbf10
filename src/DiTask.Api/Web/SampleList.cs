namespace DiTask.Api.Web;

/// <summary>Answer of <c>GET /samples</c>.</summary>
/// <param name="Samples">Names of pictures; each is at <c>/samples/{name}</c>.</param>
internal sealed record SampleList(IReadOnlyList<string> Samples);
