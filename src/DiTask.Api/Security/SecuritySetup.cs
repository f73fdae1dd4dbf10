using Microsoft.Extensions.Options;

namespace DiTask.Api.Security;

/// <summary>Keys for predicting and for the administration.</summary>
internal static class SecuritySetup
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<SecurityOptions>().BindConfiguration(SecurityOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecurityOptions>, SecurityOptionsValidator>();
        return services.AddCors().AddSingleton<KeyRing>();
    }

    /// <summary>Answers browsers that ask for leave, and checks the keys; inside of what writes problem documents.</summary>
    public static void UseSecurity(this WebApplication app)
    {
        app.UseCrossOrigin();
        app.UseMiddleware<KeyMiddleware>();
    }

    /// <summary>The endpoint asks for a key of <c>Security:PredictKeys</c> where there are any.</summary>
    public static TBuilder RequirePredictKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => Require(endpoint, KeyGroup.Predict);

    /// <summary>The endpoint asks for a key of <c>Security:AdminKeys</c>; where there are none it answers 404.</summary>
    public static TBuilder RequireAdmin<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => Require(endpoint, KeyGroup.Admin);

    private static TBuilder Require<TBuilder>(TBuilder endpoint, KeyGroup group)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiredKey(group));
}
