using DiTask.Api.Predict.Contract;
using DiTask.Api.Predict.Urls;
using DiTask.Api.Problems;
using DiTask.Api.Security;
using DiTask.Api.Tracing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Predict;

/// <summary><c>POST /predict</c> and what it needs.</summary>
internal static class PredictSetup
{
    private static readonly int[] ProblemStatuses = [400, 404, 406, 408, 413, 414, 415, 422, 429, 431, 500, 503, 504];

    public static IServiceCollection AddPredict(this IServiceCollection services)
    {
        services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitsOptions>, LimitsOptionsValidator>();
        services.AddSingleton(provider =>
        {
            LimitsOptions limits = provider.GetRequiredService<IOptions<LimitsOptions>>().Value;
            return new CpuPool(limits.CpuConcurrency > 0 ? limits.CpuConcurrency : Environment.ProcessorCount);
        });
        services.AddSingleton(provider =>
        {
            LimitsOptions limits = provider.GetRequiredService<IOptions<LimitsOptions>>().Value;
            return new MemoryBudget(limits.DecodeMemoryBytes, limits.DecodeMemoryWait, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<ImagePreparer>();
        services.AddOptions<ImageUrlsOptions>().BindConfiguration(ImageUrlsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ImageUrlsOptions>, ImageUrlsOptionsValidator>();
        services.TryAddSingleton<FetchNetwork>();
        services.AddSingleton<ImageFetcher>();
        services.AddSingleton<UploadReader>();
        services.AddSingleton<Predictor>();
        services.AddSingleton<PredictEndpoint>();
        return services;
    }

    public static void MapPredict(this IEndpointRouteBuilder routes)
    {
        PredictEndpoint endpoint = routes.ServiceProvider.GetRequiredService<PredictEndpoint>();
        RouteHandlerBuilder route = routes.MapPost("/predict", (Delegate)endpoint.HandleAsync)
            .RequirePredictKey()
            .WithName("Predict")
            .WithTrace()
            .WithTags("Predict")
            .WithSummary("Images in, the maps of the tasks asked for out, from one run.")
            .Produces<PredictAnswer>(StatusCodes.Status200OK, AnswerForms.Json, [.. AnswerForms.Types.Skip(1)]);
        foreach (int status in ProblemStatuses)
        {
            route.Produces<ProblemDocument>(status, ProblemDocument.MediaType);
        }
    }
}
