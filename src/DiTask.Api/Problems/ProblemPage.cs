namespace DiTask.Api.Problems;

/// <summary>Answer of <c>GET /problems/{slug}</c>: what an error's type refers to.</summary>
internal sealed record ProblemPage(string Type, string Title, int Status, string Code, bool Retryable);
