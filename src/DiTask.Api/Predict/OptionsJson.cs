using System.Text;
using System.Text.Json;
using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>A JSON object whose members are options: part <c>options</c> of a form, member <c>options</c> of a JSON body.</summary>
internal static class OptionsJson
{
    private const int MaxDepth = 4;

    /// <exception cref="RequestErrorException">Not a JSON object of plain values.</exception>
    public static void Read(string text, List<OptionValue> options) =>
        StrictJson.Read("'options'", Encoding.UTF8.GetBytes(text), MaxDepth, root => Add(root, options));

    /// <summary>Adds the members of <paramref name="root"/>; a member that is null is not given.</summary>
    public static void Add(JsonElement root, List<OptionValue> options)
    {
        foreach (JsonProperty member in root.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            // An empty list must reach the parser, which refuses it by name.
            string text = member.Value.ValueKind == JsonValueKind.Array ? string.Join(',', member.Value.EnumerateArray().Select(Text)) : Text(member.Value);
            options.Add(new OptionValue(member.Name, text, "/options/" + NearestName.Short(member.Name)));
        }
    }

    private static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
