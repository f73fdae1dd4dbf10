using DiTask.Api.Problems;
using DiTask.Api.Security;
using DiTask.Api.Tracing;

namespace DiTask.Api.OpenInference;

/// <summary>The Open Inference Protocol under <c>/v2</c>.</summary>
internal static class OpenInferenceSetup
{
    private static readonly int[] InferProblems = [400, 404, 406, 408, 413, 429, 500, 501, 503, 504];
    private static readonly string[] Probes = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddOpenInference(this IServiceCollection services)
    {
        services.AddSingleton<ProtocolLimits>();
        services.AddSingleton<ProtocolModels>();
        services.AddSingleton<Inferer>();
        services.AddSingleton<InferEndpoint>();
        services.AddSingleton<MetadataEndpoints>();
        services.AddSingleton<RepositoryEndpoints>();
        return services;
    }

    public static void MapOpenInference(this IEndpointRouteBuilder routes)
    {
        MetadataEndpoints metadata = routes.ServiceProvider.GetRequiredService<MetadataEndpoints>();
        InferEndpoint infer = routes.ServiceProvider.GetRequiredService<InferEndpoint>();
        RouteGroupBuilder group = routes.MapGroup("/v2").WithTags("Open Inference Protocol");
        MapProbe(group, "/health/live", metadata.GetLive, "Whether the process is of use.");
        MapProbe(group, "/health/ready", metadata.GetReady, "Whether requests are answered now.");

        // All but the probes, which orchestrators send without a key.
        group = group.MapGroup("").RequirePredictKey();
        group.MapGet("", metadata.GetServer).WithSummary("Name, version and extensions of the server.");
        group.MapGet("/models", metadata.GetModels).WithSummary("Names of the models.");
        group.MapGet("/models/stats", metadata.GetAllStatistics).WithSummary("Counts and times of every model.");
        MapModel(group, "", metadata.GetModel, Probes[..1], "Inputs and outputs of a model.");
        MapModel(group, "/ready", metadata.GetModelReady, Probes, "Whether a model answers now.");
        MapModel(group, "/config", metadata.GetConfiguration, Probes[..1], "Configuration of a model.");
        MapModel(group, "/stats", metadata.GetStatistics, Probes[..1], "Counts and times of a model.");
        MapModel(group.MapGroup("").WithTrace(), "/infer", infer.HandleAsync, [HttpMethods.Post], "Tensors in, tensors out.", InferProblems);
        MapRepository(routes);
    }

    private static void MapRepository(IEndpointRouteBuilder routes)
    {
        RepositoryEndpoints repository = routes.ServiceProvider.GetRequiredService<RepositoryEndpoints>();
        RouteGroupBuilder group = routes.MapGroup("/v2/repository").WithTags("Model repository").RequireAdmin();
        MapChange(group, "/index", repository.GetIndexAsync, "What is in the repository, and how it is.", 400);
        MapChange(group, "/models/{model}/load", repository.LoadAsync, "Loads a model from what lies in the repository now, beside what is served, and swaps.", 400, 404, 409, 501);
        MapChange(group, "/models/{model}/unload", repository.UnloadAsync, "Stops serving a model; what it has accepted is answered.", 400, 404, 409);
    }

    private static void MapChange(RouteGroupBuilder group, string address, Delegate handler, string summary, params int[] problems)
    {
        RouteHandlerBuilder route = group.MapPost(address, handler).WithSummary(summary).Produces(StatusCodes.Status200OK, null, "application/json");
        foreach (int status in problems)
        {
            route.Produces<ProblemDocument>(status, ProblemDocument.MediaType);
        }
    }

    private static void MapProbe(RouteGroupBuilder group, string address, Func<IResult> handler, string summary)
    {
        group.MapGet(address, handler).WithSummary(summary).Produces(StatusCodes.Status200OK).Produces(StatusCodes.Status503ServiceUnavailable);
        group.MapMethods(address, [HttpMethods.Head], handler).ExcludeFromDescription();
    }

    /// <summary>Maps an address of a model, and the same with its version.</summary>
    private static void MapModel(RouteGroupBuilder group, string part, Delegate handler, string[] methods, string summary, params int[] problems)
    {
        const string Model = "/models/{model}";
        RouteHandlerBuilder route = group.MapMethods(Model + part, methods[..1], handler).WithSummary(summary);
        foreach (int status in problems.Length > 0 ? problems : [StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable])
        {
            route.Produces<ProblemDocument>(status, ProblemDocument.MediaType);
        }

        group.MapMethods(Model + "/versions/{version}" + part, methods, handler).ExcludeFromDescription();
        if (methods.Length > 1)
        {
            group.MapMethods(Model + part, methods[1..], handler).ExcludeFromDescription();
        }
    }
}
