using DiTask.Api.Admin.Contract;
using DiTask.Api.Security;

namespace DiTask.Api.Admin;

/// <summary>What is for those who run the service: <c>/admin</c>.</summary>
internal static class AdminSetup
{
    private static readonly string Version = typeof(AdminSetup).Assembly.GetName().Version!.ToString(3);

    public static IServiceCollection AddAdmin(this IServiceCollection services) => services.AddSingleton<EffectiveOptions>();

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        EffectiveOptions options = routes.ServiceProvider.GetRequiredService<EffectiveOptions>();
        routes.MapGet("/admin/config", () => Results.Json(new ConfigAnswer(Version, options.Describe()), AdminJson.Default.ConfigAnswer))
            .RequireAdmin()
            .WithName("GetConfig")
            .WithTags("Administration")
            .WithSummary("Every option in force and who set it, secrets masked.")
            .Produces<ConfigAnswer>();
    }
}
