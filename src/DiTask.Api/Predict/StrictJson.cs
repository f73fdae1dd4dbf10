using System.Text.Json;
using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>Parses JSON of callers: one object, no member twice, no deeper than expected.</summary>
internal static class StrictJson
{
    /// <summary>Parses <paramref name="json"/> and hands its root to <paramref name="read"/>.</summary>
    /// <param name="subject">What the JSON is, for the error.</param>
    /// <param name="json">UTF-8.</param>
    /// <param name="maxDepth">Most levels of objects and lists.</param>
    /// <param name="read">Reads the root, which is an object.</param>
    /// <param name="limitName">The option that sets the levels; null where none does.</param>
    /// <exception cref="RequestErrorException">Not such JSON.</exception>
    public static void Read(string subject, ReadOnlyMemory<byte> json, int maxDepth, Action<JsonElement> read, string? limitName = null)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Malformed($"Expected {subject} to be a JSON object; found {KindOf(document.RootElement)}.");
            }

            read(document.RootElement);
        }
        catch (JsonException exception)
        {
            string place = exception.LineNumber is { } line ? $"line {line + 1}, byte {exception.BytePositionInLine} is not" : "a member is there twice";
            throw Malformed($"Expected {subject} to be a JSON object of at most {maxDepth} levels{(limitName is null ? "" : $" ({limitName})")}, no member twice; {place}.");
        }
        catch (InvalidOperationException)
        {
            // What the parser says of texts that are read: bytes that are not UTF-8, and half a surrogate pair.
            throw Malformed($"Expected {subject} to be JSON in UTF-8; found a text that is not valid Unicode.");
        }
    }

    /// <summary>A value's kind in words.</summary>
    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private static RequestErrorException Malformed(string detail) => new(new(ErrorCode.MalformedJson, detail));
}
