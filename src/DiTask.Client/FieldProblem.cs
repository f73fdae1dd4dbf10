using System.Text.Json.Serialization;

namespace DiTask.Client;

/// <summary>One of several things that are wrong with a request.</summary>
/// <param name="Place">Where: <c>/options/size</c>, <c>/images/1</c>.</param>
/// <param name="Code">Stable name of the error.</param>
/// <param name="Detail">What was expected and what was found.</param>
public sealed record FieldProblem([property: JsonPropertyName("pointer")] string Place, string Code, string Detail);
