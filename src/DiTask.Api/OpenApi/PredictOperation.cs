using System.Text.Json.Nodes;
using DiTask.Api.Predict;
using DiTask.Api.Problems;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DiTask.Api.OpenApi;

/// <summary>Describes what the endpoint reads by itself: the bodies, the options in the query and the headers.</summary>
internal sealed class PredictOperation : IOperationFilter
{
    private static readonly string[] ImageTypes = ["image/jpeg", "image/png", "image/webp", "image/bmp"];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.OperationId != "Predict")
        {
            return;
        }

        Dictionary<string, IOpenApiMediaType> bodies = new() { ["multipart/form-data"] = new OpenApiMediaType { Schema = Form() } };
        bodies[AnswerForms.Json] = new OpenApiMediaType { Schema = JsonBody(), Example = PredictExamples.Request() };
        foreach (string type in ImageTypes)
        {
            bodies[type] = new OpenApiMediaType { Schema = Binary() };
        }

        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = PredictExamples.Bodies,
            Content = bodies,
        };

        operation.Parameters = [.. OptionDescription.All.Select(InQuery), .. Model(), .. Headers()];
        if (operation.Responses is { } responses)
        {
            AddExamples(responses);
        }
    }

    private static void AddExamples(OpenApiResponses responses)
    {
        foreach ((string status, IOpenApiResponse response) in responses)
        {
            // A media type of its own: some are shared by several statuses.
            if (response.Content is { } content && content.TryGetValue(ProblemDocument.MediaType, out IOpenApiMediaType? problem))
            {
                content[ProblemDocument.MediaType] = new OpenApiMediaType { Schema = problem.Schema, Examples = ProblemExamples.Of(status) };
            }
        }

        if (responses["200"].Content is not { } answers)
        {
            return;
        }

        foreach (string type in AnswerForms.Types.Skip(1))
        {
            answers[type] = new OpenApiMediaType { Schema = Binary() };
        }

        ((OpenApiMediaType)answers[AnswerForms.Json]).Example = PredictExamples.Manifest();
        ((OpenApiMediaType)answers[AnswerForms.Multipart]).Example = PredictExamples.Multipart();
    }

    private static OpenApiSchema Form()
    {
        OpenApiSchema form = new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "image" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["image"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Binary(), MinItems = 1, Description = "JPEG, PNG, WebP or BMP." },
            },
        };
        foreach (OptionDescription option in OptionDescription.All)
        {
            OpenApiSchema field = Choice(option);
            field.Description = Text(option);

            // What the page fills in. Without it, the page sends the word "string".
            field.Default = JsonValue.Create(option.Default);
            form.Properties[option.Name] = field;
        }

        return form;
    }

    private static OpenApiSchema JsonBody() => new()
    {
        Type = JsonSchemaType.Object,
        AdditionalPropertiesAllowed = false,
        Required = new HashSet<string> { "images" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["images"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                MinItems = 1,
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    AdditionalPropertiesAllowed = false,
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Name in the answer." },
                        ["data"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Base64, or a data URI in base64." },
                        ["url"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "In place of data, an https address, where ImageUrls:Enabled." },
                    },
                },
            },
            ["tasks"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                MinItems = 1,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = Text(OptionDescription.All[0]),
            },
            ["options"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                AdditionalPropertiesAllowed = false,
                Properties = OptionDescription.All.Skip(1).ToDictionary(
                    option => option.Name,
                    IOpenApiSchema (option) => new OpenApiSchema { Description = Text(option) }),
            },
        },
    };

    // No default here: the page would send it beside the form's.
    private static OpenApiParameter InQuery(OptionDescription option) => Parameter(option.Name, ParameterLocation.Query, Text(option), Choice(option));

    private static IEnumerable<OpenApiParameter> Model() =>
    [
        Parameter(UploadReader.ModelQuery, ParameterLocation.Query, "Name of the model. The default model when it is not given; see /models.", new OpenApiSchema { Type = JsonSchemaType.String }),
        Parameter(UploadReader.VersionQuery, ParameterLocation.Query, "Version of the model. The highest when it is not given.", new OpenApiSchema { Type = JsonSchemaType.String }),
    ];

    private static IEnumerable<OpenApiParameter> Headers() =>
    [
        Parameter("X-Request-Id", ParameterLocation.Header, "Identifier of the request: up to 128 visible ASCII characters. One is made up otherwise.", new OpenApiSchema { Type = JsonSchemaType.String }),
        Parameter(Deadline.Header, ParameterLocation.Header, "Seconds that the request may take.", new OpenApiSchema { Type = JsonSchemaType.Number }),
    ];

    private static OpenApiParameter Parameter(string name, ParameterLocation place, string description, OpenApiSchema schema) =>
        new() { Name = name, In = place, Description = description, Schema = schema };

    private static OpenApiSchema Choice(OptionDescription option) => new()
    {
        Type = JsonSchemaType.String,
        Enum = option.Choices is { } choices ? [.. choices.Select(choice => (JsonNode)JsonValue.Create(choice))] : null,
    };

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static string Text(OptionDescription option) => $"{option.Values}. {option.Effect}";
}
