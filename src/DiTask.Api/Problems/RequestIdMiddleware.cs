namespace DiTask.Api.Problems;

/// <summary>Names the request: the caller's X-Request-Id when it is up to 128 visible ASCII characters, else one of ours.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next)
{
    public const string Header = "X-Request-Id";
    private const int MaxLength = 128;

    public Task InvokeAsync(HttpContext context)
    {
        string given = context.Request.Headers[Header].ToString();
        if (given.Length is > 0 and <= MaxLength && given.All(character => character is > ' ' and <= '~'))
        {
            context.TraceIdentifier = given;
        }
        else
        {
            // The connection's own identifiers have a colon and repeat after a restart.
            context.TraceIdentifier = Guid.CreateVersion7().ToString("N");
        }

        // At the last moment: an exception clears the headers of the answer that it ends.
        context.Response.OnStarting(
            static state =>
            {
                HttpContext context = (HttpContext)state;
                context.Response.Headers[Header] = context.TraceIdentifier;
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }
}
