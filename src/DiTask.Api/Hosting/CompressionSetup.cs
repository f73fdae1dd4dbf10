using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace DiTask.Api.Hosting;

/// <summary>Compresses JSON and text for clients that accept gzip. Maps as bytes hardly shrink and are left alone.</summary>
internal static class CompressionSetup
{
    private const string Gzip = "gzip";

    public static IServiceCollection AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            // Over TLS too: an answer repeats nothing of its request beside a secret, which is what attacks on compressed lengths need.
            options.EnableForHttps = true;
            options.Providers.Add(new GzipCompressionProvider(new GzipCompressionProviderOptions { Level = CompressionLevel.Fastest }));
        });
        return services.AddSingleton<IResponseCompressionProvider, Provider>();
    }

    /// <summary>
    /// Corrects what has no options: requests without Accept-Encoding get Vary too, and <c>gzip;q=0</c> wins over <c>*</c>.
    /// </summary>
    private sealed class Provider(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
        : ResponseCompressionProvider(services, options), IResponseCompressionProvider
    {
        bool IResponseCompressionProvider.CheckRequestAcceptsCompression(HttpContext context) => true;

        public override ICompressionProvider? GetCompressionProvider(HttpContext context)
        {
            StringValues accepted = context.Request.Headers.AcceptEncoding;
            bool isRefused = StringWithQualityHeaderValue.TryParseList(accepted, out IList<StringWithQualityHeaderValue>? encodings)
                && encodings.Any(encoding => encoding.Quality == 0 && encoding.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase));
            return isRefused ? null : base.GetCompressionProvider(context);
        }
    }
}
