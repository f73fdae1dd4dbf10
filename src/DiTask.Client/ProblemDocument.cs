namespace DiTask.Client;

/// <summary>An error as <c>application/problem+json</c>; everything is optional, since a proxy may have written it.</summary>
internal sealed record ProblemDocument(
    string? Title, string? Detail, string? Code, bool Retryable, string? RequestId, IReadOnlyList<FieldProblem>? Errors);
