using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiTask.Model.Data.Folders;

/// <summary>dataset.json: camel case, comments allowed, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    MaxDepth = 16)]
[JsonSerializable(typeof(PlainDatasetInfo))]
[JsonSerializable(typeof(PlainClass))]
internal sealed partial class PlainDatasetJson : JsonSerializerContext;
