using System.Text.Json;
using System.Text.Json.Serialization;
using DiTask.Api.Admin.Contract;

namespace DiTask.Api.Admin;

/// <summary>Wire names of the administration.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ConfigAnswer))]
internal sealed partial class AdminJson : JsonSerializerContext;
