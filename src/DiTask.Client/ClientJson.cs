using System.Text.Json.Serialization;

namespace DiTask.Client;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Prediction))]
[JsonSerializable(typeof(TaskList))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ClientJson : JsonSerializerContext;
