using System.Security.Claims;
using System.Text.Encodings.Web;
using DiTask.Api.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Security;

/// <summary>Authenticates a request by its key: the principal has one claim per policy that the key satisfies.</summary>
internal sealed class KeyHandler(
    KeyRing keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Key";
    public const string KeyHeader = "X-API-Key";

    /// <summary>Type of the claim whose value is a policy that the key satisfies.</summary>
    public const string PolicyClaim = "policy";

    private const string Bearer = "Bearer ";
    private const string BearerChallenge = "Bearer realm=\"ditask\"";
    private const string InvalidToken = BearerChallenge + ", error=\"invalid_token\"";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } key)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        (bool predict, bool admin) = keys.GroupsOf(key);
        ClaimsIdentity identity = new(SchemeName);
        AddIf(predict, KeyPolicies.Predict);
        AddIf(admin, KeyPolicies.Admin);
        return Task.FromResult(predict || admin
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName))
            : AuthenticateResult.Fail("The key is unknown."));

        void AddIf(bool isSatisfied, string policy)
        {
            if (isSatisfied)
            {
                identity.AddClaim(new Claim(PolicyClaim, policy));
            }
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => RefuseAsync(policy => KeyOf(Request) is null
        ? Unauthenticated($"Expected a key in Authorization (Bearer) or {KeyHeader}; found none.", BearerChallenge)
        : Unauthenticated($"Expected a key of Security:{policy}Keys; the one that was sent is unknown.", InvalidToken));

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => RefuseAsync(policy =>
        new(ErrorCode.Forbidden, $"Expected a key of Security:{policy}Keys; this one is for something else."));

    private static RequestError Unauthenticated(string detail, string challenge) =>
        new(ErrorCode.Unauthenticated, detail) { Header = ("WWW-Authenticate", challenge) };

    private static string? KeyOf(HttpRequest request)
    {
        // First, because Authorization may be meant for a proxy on the way.
        string given = request.Headers[KeyHeader].ToString();
        string authorization = request.Headers.Authorization.ToString();
        if (given.Length == 0 && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            given = authorization[Bearer.Length..].Trim(' ');
        }

        return given.Length == 0 ? null : given;
    }

    /// <summary>Leaves the answer empty: its status and the error are what a problem document is written of.</summary>
    private Task RefuseAsync(Func<string, RequestError> describe)
    {
        string policy = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? "";
        if (policy == KeyPolicies.Admin && !keys.HasAdminKeys)
        {
            // Without keys there is no administration: its addresses look like any other that does not exist.
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        RequestError error = describe(policy);
        Context.Features.Set(error);
        Response.StatusCode = ErrorCatalogue.Describe(error.Code).Status;
        return Task.CompletedTask;
    }
}
