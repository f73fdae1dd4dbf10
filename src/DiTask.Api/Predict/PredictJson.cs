using System.Text.Json.Serialization;
using DiTask.Api.Predict.Contract;

namespace DiTask.Api.Predict;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PredictAnswer))]
internal sealed partial class PredictJson : JsonSerializerContext;
