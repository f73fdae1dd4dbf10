using System.Text.Json.Nodes;

namespace DiTask.Model.Checkpoints;

/// <summary>The training configuration inside a checkpoint, as a plain tree. Names are the reference's, such as <c>MODEL.SWIN.DEPTHS</c>.</summary>
/// <remarks>It is what the file says, and may contradict the tensors; shapes win.</remarks>
public sealed class EmbeddedConfig
{
    internal EmbeddedConfig(JsonObject root) => Root = root;

    /// <summary>The whole tree. Numbers that are not finite are the texts <c>Infinity</c>, <c>-Infinity</c> and <c>NaN</c>.</summary>
    public JsonObject Root { get; }

    /// <summary>The node at a dotted path, or null.</summary>
    public JsonNode? Find(string path)
    {
        JsonNode? node = Root;
        foreach (string name in path.Split('.'))
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    /// <summary>The integer at a dotted path, or null.</summary>
    public int? GetInt(string path) => AsInt(Find(path));

    /// <summary>The number at a dotted path, or null.</summary>
    public double? GetNumber(string path) => Find(path) switch
    {
        JsonValue value when value.TryGetValue(out double number) => number,
        JsonValue value when value.TryGetValue(out long number) => number,
        _ => null,
    };

    /// <summary>The boolean at a dotted path, or null.</summary>
    public bool? GetFlag(string path) => Find(path) is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    /// <summary>The list of integers at a dotted path, or null.</summary>
    public IReadOnlyList<int>? GetInts(string path)
    {
        if (Find(path) is not JsonArray array)
        {
            return null;
        }

        int?[] values = [.. array.Select(AsInt)];
        return values.Contains(null) ? null : [.. values.Select(value => value!.Value)];
    }

    /// <summary>The list of texts at a dotted path, or null.</summary>
    public IReadOnlyList<string>? GetTexts(string path)
    {
        if (Find(path) is not JsonArray array)
        {
            return null;
        }

        string?[] values = [.. array.Select(node => node is JsonValue value && value.TryGetValue(out string? text) ? text : null)];
        return values.Contains(null) ? null : [.. values.Select(value => value!)];
    }

    private static int? AsInt(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out long number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
}
