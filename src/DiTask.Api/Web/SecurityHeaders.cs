using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace DiTask.Api.Web;

/// <summary>What browsers may do with an answer: the page loads its own files only, Swagger also its inline styles, other answers nothing.</summary>
internal static class SecurityHeaders
{
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public const string SwaggerPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self'; font-src 'self' data:; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public const string AnswerPolicy = "default-src 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        // At the last moment: an exception clears the headers of the answer that it ends.
        context.Response.OnStarting(static state => SetHeaders((HttpContext)state), context);
        return next(context);
    });

    private static Task SetHeaders(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        bool isSwagger = context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase);
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, isSwagger ? SwaggerPolicy : AnswerPolicy);
        return Task.CompletedTask;
    }

    /// <summary>Headers of the page and its parts, which no other site may embed and which are asked for anew (by ETag) each time.</summary>
    public static void SetPageHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = PagePolicy;
        response.Headers.CacheControl = new StringValues("no-cache");
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
