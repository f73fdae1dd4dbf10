using System.Runtime.InteropServices;
using System.Text.Json;
using DiTask.Api.Predict;
using DiTask.Api.Problems;

namespace DiTask.Api.OpenInference;

/// <summary>The member <c>data</c> of an input: flat, or nested as its shape is.</summary>
internal static class JsonTensors
{
    private const string Base64Type = "base64";

    /// <summary>Little-endian floats.</summary>
    public static ReadOnlyMemory<byte> Floats(JsonElement data, long count, string name)
    {
        List<float> values = [];
        foreach (JsonElement element in Flatten(data))
        {
            values.Add(element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out float value) && float.IsFinite(value)
                ? value
                : throw Refuse(name, $"element {values.Count} is not a number of datatype FP32"));
        }

        return values.Count == count
            ? MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).ToArray()
            : throw Refuse(name, $"the shape has {count} elements; the data has {values.Count}");
    }

    /// <summary>Elements of bytes. JSON strings hold none, so they are base64.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Base64(JsonElement data, JsonElement? parameters, int count, string name)
    {
        if (parameters is { } given && given.TryGetProperty("content_type", out JsonElement type)
            && !(type.ValueKind == JsonValueKind.String && type.ValueEquals(Base64Type)))
        {
            throw Refuse(name, $"content_type of JSON data is {Base64Type}; found {NearestName.Short(type.GetRawText())}");
        }

        List<ReadOnlyMemory<byte>> elements = [];
        foreach (JsonElement element in Flatten(data))
        {
            elements.Add(element.ValueKind == JsonValueKind.String && element.TryGetBytesFromBase64(out byte[]? bytes)
                ? bytes
                : throw Refuse(name, $"element {elements.Count} is not a string of base64; send bytes as they are with binary_data_size"));
        }

        return elements.Count == count ? elements : throw Refuse(name, $"the shape has {count} elements; the data has {elements.Count}");
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement data) =>
        data.ValueKind == JsonValueKind.Array ? data.EnumerateArray().SelectMany(Flatten) : [data];

    private static RequestErrorException Refuse(string name, string what) => InferRequestParser.Refuse(ErrorCode.BadTensor, $"Input '{name}': {what}.");
}
