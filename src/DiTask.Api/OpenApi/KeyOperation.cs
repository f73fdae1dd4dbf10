using System.Globalization;
using DiTask.Api.Problems;
using DiTask.Api.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace DiTask.Api.OpenApi;

/// <summary>Says which operations take a key, and whether this service asks for one.</summary>
internal sealed class KeyOperation(KeyRing keys) : IOperationFilter
{
    private const string Bearer = "bearer";
    private const string Header = "apiKey";

    public static IReadOnlyDictionary<string, OpenApiSecurityScheme> Schemes { get; } = new Dictionary<string, OpenApiSecurityScheme>
    {
        [Bearer] = new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of the service." },
        [Header] = new()
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = KeyHandler.KeyHeader,
            Description = "The same key in a header of its own.",
        },
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().LastOrDefault() is not { } required)
        {
            return;
        }

        OpenApiMediaType problem = new() { Schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemDocument), context.SchemaRepository) };
        IEnumerable<KeyValuePair<string, IOpenApiResponse>> refusals = KeyPolicies.Statuses.Select(status => KeyValuePair.Create(
            status.ToString(CultureInfo.InvariantCulture),
            (IOpenApiResponse)new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = new Dictionary<string, IOpenApiMediaType> { [ProblemDocument.MediaType] = problem },
            }));
        OpenApiResponses responses = [];
        foreach ((string status, IOpenApiResponse response) in (operation.Responses ?? []).Concat(refusals).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            responses[status] = response;
        }

        operation.Responses = responses;
        bool isOptional = required.Policy == KeyPolicies.Predict && !keys.HasPredictKeys;
        operation.Security =
        [
            // The empty requirement: nothing is needed.
            .. isOptional ? new[] { new OpenApiSecurityRequirement() } : [],
            .. Schemes.Keys.Select(name => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(name, context.Document)] = [] }),
        ];
    }
}
