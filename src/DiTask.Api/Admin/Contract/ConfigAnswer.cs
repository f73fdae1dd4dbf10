namespace DiTask.Api.Admin.Contract;

/// <summary>Answer of <c>GET /admin/config</c>.</summary>
/// <param name="Version">Version of the service.</param>
/// <param name="Options">Every option, set or not.</param>
internal sealed record ConfigAnswer(string Version, IReadOnlyList<OptionAnswer> Options);
