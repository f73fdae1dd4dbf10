using System.Text.Json.Serialization;

namespace DiTask.Api.Problems;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(ProblemPage))]
internal sealed partial class ProblemJson : JsonSerializerContext;
