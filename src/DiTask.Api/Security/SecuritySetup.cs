using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Security;

/// <summary>Keys for predicting and for the administration.</summary>
internal static class SecuritySetup
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<SecurityOptions>().BindConfiguration(SecurityOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecurityOptions>, SecurityOptionsValidator>();
        services.AddCors().AddSingleton<KeyRing>();

        // Not AddAuthentication, which also sets up data protection: that would write keys of its own to the disk at the start.
        services.AddWebEncoders().AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = KeyHandler.SchemeName;
            authentication.AddScheme<KeyHandler>(KeyHandler.SchemeName, displayName: null);
        });
        services.AddAuthorization().AddOptions<AuthorizationOptions>().Configure<KeyRing>((authorization, keys) =>
        {
            authorization.AddPolicy(KeyPolicies.Predict, policy => policy.RequireAssertion(
                context => !keys.HasPredictKeys || context.User.HasClaim(KeyHandler.PolicyClaim, KeyPolicies.Predict)));
            authorization.AddPolicy(KeyPolicies.Admin, policy => policy.RequireClaim(KeyHandler.PolicyClaim, KeyPolicies.Admin));
        });
        return services;
    }

    /// <summary>Answers browsers that ask for leave, and checks the keys; inside of what writes problem documents.</summary>
    public static void UseSecurity(this WebApplication app)
    {
        app.UseCrossOrigin();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>The endpoint asks for a key of <c>Security:PredictKeys</c> where there are any.</summary>
    public static TBuilder RequirePredictKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(KeyPolicies.Predict);

    /// <summary>The endpoint asks for a key of <c>Security:AdminKeys</c>; where there are none it answers 404.</summary>
    public static TBuilder RequireAdmin<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(KeyPolicies.Admin);
}
