using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiTask.Model.Data.Folders;

/// <summary>Classes as people write them: how many there are, their names, or names with colours.</summary>
internal sealed class PlainClassesConverter : JsonConverter<IReadOnlyList<PlainClass>>
{
    private const int MaxClasses = 255;

    public override IReadOnlyList<PlainClass> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int count) && count is > 0 and <= MaxClasses)
        {
            return [.. Enumerable.Range(0, count).Select(label => new PlainClass(string.Create(CultureInfo.InvariantCulture, $"class_{label}")))];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"expected a number of classes from 1 to {MaxClasses}, or a list of names or of objects with name and color");
        }

        List<PlainClass> classes = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            classes.Add(reader.TokenType == JsonTokenType.String
                ? new PlainClass(reader.GetString()!)
                : JsonSerializer.Deserialize(ref reader, PlainDatasetJson.Default.PlainClass) ?? throw new JsonException("expected a class; found null"));
        }

        return classes;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<PlainClass> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (PlainClass item in value)
        {
            JsonSerializer.Serialize(writer, item, PlainDatasetJson.Default.PlainClass);
        }

        writer.WriteEndArray();
    }
}
