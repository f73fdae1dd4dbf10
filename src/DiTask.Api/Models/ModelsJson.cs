using System.Text.Json.Serialization;
using DiTask.Api.Models.Contract;

namespace DiTask.Api.Models;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskList))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelAnswer))]
internal sealed partial class ModelsJson : JsonSerializerContext;
