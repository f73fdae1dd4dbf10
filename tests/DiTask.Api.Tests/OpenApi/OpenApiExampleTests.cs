using System.Text.Json;
using DiTask.Api.Problems;
using DiTask.Tests;

namespace DiTask.Api.Tests.OpenApi;

/// <summary>The contract under version control is sound in itself: references lead somewhere, examples are what their schemas say.</summary>
public sealed class OpenApiExampleTests
{
    private static readonly JsonElement Document = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(Fixture.Repository, "tests", "DiTask.Api.Tests", "Snapshots", "openapi.v1.json"))).RootElement;

    [Fact]
    public void Document_EveryReference_Resolves()
    {
        string[] references = [.. Members(Document).Where(member => member.Name == "$ref").Select(member => member.Value.GetString()!)];

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.Equal(JsonValueKind.Object, Resolve(reference).ValueKind));
    }

    [Fact]
    public void Document_EveryExample_FollowsItsSchema()
    {
        List<string> wrong = [];
        int examples = 0;
        foreach (JsonElement type in MediaTypes(Document))
        {
            foreach (JsonElement example in ExamplesOf(type))
            {
                examples++;
                Check(example, type.GetProperty("schema"), "$", wrong);
            }
        }

        Assert.True(examples > 30, $"only {examples} examples");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Predict_EveryStatus_HasAnExample()
    {
        JsonElement predict = Document.GetProperty("paths").GetProperty("/predict").GetProperty("post");

        foreach (JsonProperty response in predict.GetProperty("responses").EnumerateObject())
        {
            Assert.True(MediaTypes(response.Value).SelectMany(ExamplesOf).Any(), $"{response.Name} has no example");
        }

        Assert.True(ExamplesOf(predict.GetProperty("requestBody").GetProperty("content").GetProperty("application/json")).Any());
    }

    [Fact]
    public void Predict_EveryProblemExample_IsAsTheCatalogueSays()
    {
        Dictionary<string, ErrorKind> kinds = Enum.GetValues<ErrorCode>().Select(ErrorCatalogue.Describe).ToDictionary(kind => kind.Code);
        JsonElement responses = Document.GetProperty("paths").GetProperty("/predict").GetProperty("post").GetProperty("responses");
        foreach (JsonProperty response in responses.EnumerateObject().Where(response => response.Name[0] > '2'))
        {
            foreach (JsonProperty example in response.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("examples").EnumerateObject())
            {
                JsonElement problem = example.Value.GetProperty("value");
                ErrorKind kind = kinds[problem.GetProperty("code").GetString()!];
                Assert.Equal((response.Name, example.Name), ($"{kind.Status}", kind.Code));
                Assert.Equal(
                    (kind.Type, kind.Title, kind.Status, kind.Retryable),
                    (problem.GetProperty("type").GetString(), problem.GetProperty("title").GetString(), problem.GetProperty("status").GetInt32(), problem.GetProperty("retryable").GetBoolean()));
            }
        }
    }

    /// <summary>Adds what is wrong with <paramref name="value"/>: members that the schema lacks, members that it asks for, other types.</summary>
    private static void Check(JsonElement value, JsonElement schema, string path, List<string> wrong)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            schema = Resolve(reference.GetString()!);
        }

        if (schema.TryGetProperty("type", out JsonElement type) && !IsOfType(value, type.GetString()!))
        {
            wrong.Add($"{path} is {value.ValueKind}, not {type}");
            return;
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out JsonElement items))
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                Check(item, items, $"{path}[{index++}]", wrong);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            CheckMembers(value, schema, path, wrong);
        }
    }

    private static void CheckMembers(JsonElement value, JsonElement schema, string path, List<string> wrong)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(member.Name, out JsonElement property))
            {
                Check(member.Value, property, $"{path}.{member.Name}", wrong);
            }
            else if (schema.TryGetProperty("additionalProperties", out JsonElement additional) && additional.ValueKind == JsonValueKind.Object)
            {
                Check(member.Value, additional, $"{path}.{member.Name}", wrong);
            }
            else
            {
                wrong.Add($"{path}.{member.Name} is not in the schema");
            }
        }

        if (schema.TryGetProperty("required", out JsonElement required))
        {
            wrong.AddRange(required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{path}.{name} is missing"));
        }
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };

    private static JsonElement Resolve(string reference)
    {
        Assert.StartsWith("#/", reference, StringComparison.Ordinal);
        return reference[2..].Split('/').Aggregate(Document, (element, name) => element.GetProperty(name.Replace("~1", "/", StringComparison.Ordinal)));
    }

    private static IEnumerable<JsonProperty> Members(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Members(member.Value).Prepend(member)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Members),
        _ => [],
    };

    private static IEnumerable<JsonElement> MediaTypes(JsonElement element) =>
        Members(element).Where(member => member.Name == "content" && member.Value.ValueKind == JsonValueKind.Object).SelectMany(member => member.Value.EnumerateObject()).Select(type => type.Value);

    private static IEnumerable<JsonElement> ExamplesOf(JsonElement type)
    {
        if (type.TryGetProperty("example", out JsonElement one))
        {
            yield return one;
        }

        if (type.TryGetProperty("examples", out JsonElement several))
        {
            foreach (JsonProperty example in several.EnumerateObject())
            {
                yield return example.Value.GetProperty("value");
            }
        }
    }
}
