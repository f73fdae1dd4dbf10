using System.Text.Json.Serialization;
using DiTask.Model.Evaluation.Reports;

namespace DiTask.Model.Evaluation;

/// <summary>Reports and baselines as JSON: camel case, NaN as a word, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    MaxDepth = 16)]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(Baselines))]
internal sealed partial class EvaluationJson : JsonSerializerContext;
