using DiTask.Api.Problems;

namespace DiTask.Api.Security;

/// <summary>Turns away who has no key, before anything of a body is read.</summary>
internal sealed class KeyMiddleware(RequestDelegate next, KeyRing keys)
{
    public const string KeyHeader = "X-API-Key";

    private const string Bearer = "Bearer ";
    private const string Challenge = "Bearer realm=\"ditask\"";

    public Task InvokeAsync(HttpContext context)
    {
        switch (context.GetEndpoint()?.Metadata.GetMetadata<RequiredKey>()?.Group)
        {
            case KeyGroup.Predict when keys.HasPredictKeys:
                Require(context.Request, KeyGroup.Predict);
                break;
            case KeyGroup.Admin when keys.HasAdminKeys:
                Require(context.Request, KeyGroup.Admin);
                break;
            case KeyGroup.Admin:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }

        return next(context);
    }

    private static string? KeyOf(HttpRequest request)
    {
        // First, because Authorization may be meant for a proxy on the way.
        string given = request.Headers[KeyHeader].ToString();
        if (given.Length == 0 && request.Headers.Authorization.ToString() is { } authorization && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            given = authorization[Bearer.Length..].Trim(' ');
        }

        return given.Length == 0 ? null : given;
    }

    private void Require(HttpRequest request, KeyGroup group)
    {
        if (KeyOf(request) is not { } key)
        {
            throw Refused(ErrorCode.Unauthenticated, $"Expected a key in Authorization (Bearer) or {KeyHeader}; found none.", Challenge);
        }

        (bool predict, bool admin) = keys.GroupsOf(key);
        if (group == KeyGroup.Predict ? predict : admin)
        {
            return;
        }

        throw predict || admin
            ? Refused(ErrorCode.Forbidden, $"Expected a key of Security:{group}Keys; this one is for something else.", null)
            : Refused(ErrorCode.Unauthenticated, $"Expected a key of Security:{group}Keys; the one that was sent is unknown.", Challenge + ", error=\"invalid_token\"");
    }

    private static RequestErrorException Refused(ErrorCode code, string detail, string? challenge) =>
        new(new(code, detail) { Header = challenge is null ? null : ("WWW-Authenticate", challenge) });
}
