using System.Text.Json;
using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>The <c>options</c> part: a JSON object whose members are options.</summary>
internal static class OptionsJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <exception cref="RequestErrorException">Not a JSON object of plain values.</exception>
    public static void Read(string text, List<OptionValue> options)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Malformed($"Expected 'options' to be a JSON object; found {document.RootElement.ValueKind}.");
            }

            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                string pointer = "/options/" + member.Name;
                if (member.Value.ValueKind == JsonValueKind.Array)
                {
                    // An empty list must reach the parser, which refuses it by name.
                    string joined = string.Join(',', member.Value.EnumerateArray().Select(Text));
                    options.Add(new OptionValue(member.Name, joined, pointer));
                }
                else
                {
                    options.Add(new OptionValue(member.Name, Text(member.Value), pointer));
                }
            }
        }
        catch (JsonException exception)
        {
            throw Malformed($"Expected 'options' to be a JSON object; line {exception.LineNumber + 1}, byte {exception.BytePositionInLine} is not.");
        }
    }

    private static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static RequestErrorException Malformed(string detail) => new(new(ErrorCode.MalformedJson, detail));
}
