using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace DiTask.Api.OpenApi;

/// <summary>The contract at <c>/openapi/v1.json</c> and a page to try it at <c>/swagger</c>.</summary>
internal static class OpenApiSetup
{
    public static IServiceCollection AddOpenApiPages(this IServiceCollection services)
    {
        services.AddOptions<OpenApiOptions>().BindConfiguration(OpenApiOptions.Section);
        services.AddEndpointsApiExplorer();
        return services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "DiTASK",
                Version = "1",
                Description = "Dense maps of several vision tasks from one run of one model.",
            });
            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.MapType<ReadOnlyMemory<byte>>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "byte" });
            options.MapType<JsonNode>(() => new OpenApiSchema());
            options.IncludeXmlComments(typeof(OpenApiSetup).Assembly);
            options.OperationFilter<KeyOperation>();
            options.OperationFilter<PredictOperation>();
            foreach ((string name, OpenApiSecurityScheme scheme) in KeyOperation.Schemes)
            {
                options.AddSecurityDefinition(name, scheme);
            }
        });
    }

    public static void MapOpenApiPages(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<OpenApiOptions>>().Value.Enabled)
        {
            return;
        }

        app.UseSwagger(options => options.RouteTemplate = "openapi/{documentName}.json");
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.SwaggerEndpoint("../openapi/v1.json", "DiTASK");
            options.DocumentTitle = "DiTASK";
            options.DisplayRequestDuration();
        });
    }
}
