using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiTask.Api.Web;

/// <summary>Wire names of the page's own answers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SampleList))]
internal sealed partial class WebJson : JsonSerializerContext;
