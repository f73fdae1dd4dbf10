namespace DiTask.Api.Problems;

/// <summary>One of several things that are wrong with a request.</summary>
/// <param name="Pointer">Where: <c>/options/size</c>, <c>/images/1</c>.</param>
/// <param name="Code">Stable name of the error.</param>
/// <param name="Detail">What was expected and what was found.</param>
internal sealed record FieldProblem(string Pointer, string Code, string Detail);
