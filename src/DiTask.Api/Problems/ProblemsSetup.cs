namespace DiTask.Api.Problems;

/// <summary>Every error is a problem document, and every problem type has a page.</summary>
internal static class ProblemsSetup
{
    /// <summary>Registers the writer before the framework's own, so that it is asked first.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>().AddProblemDetails().AddExceptionHandler<ProblemHandler>();

    public static IApplicationBuilder UseProblems(this IApplicationBuilder app) =>
        app.UseMiddleware<RequestIdMiddleware>().UseExceptionHandler().UseStatusCodePages().UseMiddleware<RequestHeadMiddleware>();

    public static void MapProblems(this IEndpointRouteBuilder routes) =>
        routes.MapGet(ErrorKind.TypePrefix + "{slug}", (string slug) => ErrorCatalogue.FindBySlug(slug) is { } kind
                ? Results.Json(new ProblemPage(kind.Type, kind.Title, kind.Status, kind.Code, kind.Retryable), ProblemJson.Default.ProblemPage)
                : Results.NotFound())
            .WithName("GetProblem")
            .WithTags("About")
            .WithSummary("Explains a problem type.")
            .Produces<ProblemPage>();
}
