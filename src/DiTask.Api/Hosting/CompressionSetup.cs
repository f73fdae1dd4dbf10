using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DiTask.Api.Hosting;

/// <summary>Compresses JSON and text for clients that accept gzip. Maps as bytes hardly shrink: their types are not in the framework's list.</summary>
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

    /// <summary>The framework's choice, for which it has no options: Vary is sent to clients that accept nothing too, and <c>gzip;q=0</c> wins over <c>*</c>.</summary>
    private sealed class Provider(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
        : ResponseCompressionProvider(services, options), IResponseCompressionProvider
    {
        bool IResponseCompressionProvider.CheckRequestAcceptsCompression(HttpContext context) => true;

        public override ICompressionProvider? GetCompressionProvider(HttpContext context)
        {
            bool isRefused = StringWithQualityHeaderValue.TryParseList(context.Request.Headers.AcceptEncoding, out IList<StringWithQualityHeaderValue>? encodings)
                && encodings.Any(encoding => encoding.Quality == 0 && encoding.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase));
            return isRefused ? null : base.GetCompressionProvider(context);
        }
    }
}
