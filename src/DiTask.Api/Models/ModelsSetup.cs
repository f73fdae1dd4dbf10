using DiTask.Api.Batching;
using DiTask.Api.Models.Contract;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Models;

/// <summary>The served models, each with its queue.</summary>
internal static class ModelsSetup
{
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddOptions<ModelsOptions>().BindConfiguration(ModelsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelsOptions>, ModelsOptionsValidator>();
        services.TryAddSingleton<OpenModel>(ServedModel.Open);
        services.TryAddSingleton<FreeMemory>(MemoryProbe.FreeBytes);
        services.AddSingleton<ModelRepository>();
        services.AddSingleton<ModelLoader>();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<ModelHost>();
        services.AddHostedService(provider => provider.GetRequiredService<ModelHost>());
        services.AddSingleton<ModelStatistics>();
        services.AddSingleton<ModelMetrics>();
        services.AddSingleton<ModelEndpoints>();
        return services.AddBatching();
    }

    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<ModelMetrics>();
        ModelEndpoints endpoints = routes.ServiceProvider.GetRequiredService<ModelEndpoints>();
        RouteGroupBuilder group = routes.MapGroup("").WithTags("About");
        group.MapGet("/tasks", endpoints.GetTasks).WithName("GetTasks").WithSummary("Tasks of the model, with classes and palette.").Produces<TaskList>();
        group.MapGet("/models", endpoints.GetModels).WithName("GetModels").WithSummary("The served models and their versions.").Produces<ModelList>();
        group.MapGet("/models/{name}", endpoints.GetModel).WithName("GetModel").WithSummary("A served model by name.").Produces<ModelAnswer>();
    }
}
