using DiTask.Api.Predict;
using DiTask.Api.Problems;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DiTask.Api.Security;

/// <summary>Which other sites' pages may read the service's answers: none, unless <c>Security:CorsOrigins</c> names them.</summary>
internal static class CorsSetup
{
    private static readonly TimeSpan PreflightCaching = TimeSpan.FromMinutes(10);

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    private static readonly string[] Asked =
    [
        HeaderNames.Accept, HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.TraceParent, HeaderNames.TraceState,
        KeyHandler.KeyHeader, RequestIdMiddleware.Header, Deadline.Header, "Inference-Header-Content-Length",
    ];

    private static readonly string[] Exposed =
    [
        HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, RequestIdMiddleware.Header, "Server-Timing", "X-Batch-Images", "X-Cache", "X-Map",
        "X-Model-Digest", "X-Model-Version", "Inference-Header-Content-Length",
    ];

    /// <summary>Before the keys, because browsers ask for leave without one.</summary>
    public static void UseCrossOrigin(this WebApplication app)
    {
        IList<string> origins = app.Services.GetRequiredService<IOptions<SecurityOptions>>().Value.CorsOrigins;
        if (origins.Count > 0)
        {
            // No credentials: a key is a header that the page's script sets, never a cookie that browsers add by themselves.
            app.UseCors(policy => policy
                .WithOrigins([.. origins])
                .WithMethods(Methods)
                .WithHeaders(Asked)
                .WithExposedHeaders(Exposed)
                .SetPreflightMaxAge(PreflightCaching));
        }
    }
}
