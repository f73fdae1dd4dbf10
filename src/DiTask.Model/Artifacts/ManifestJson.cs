using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiTask.Model.Artifacts;

/// <summary>Manifest as JSON: camel case, enums as words, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    MaxDepth = 16)]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    /// <summary>Bytes of the manifest.</summary>
    public static byte[] Write(ModelManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Default.ModelManifest);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="JsonException">Not JSON, or not of this layout.</exception>
    public static ModelManifest Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.ModelManifest) ?? throw new JsonException("The manifest is null.");
}
