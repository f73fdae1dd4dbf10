using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace DiTask.Api.Predict;

/// <summary>Compresses answers in JSON for callers who accept it. Maps as bytes hardly shrink and are never compressed.</summary>
internal static class GzipAnswer
{
    private const string Gzip = "gzip";

    /// <summary>Says in the headers that the answer depends on Accept-Encoding; true when it is to be written through <see cref="Open"/>.</summary>
    public static bool Begin(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (!IsAccepted(context.Request))
        {
            return false;
        }

        response.Headers.ContentEncoding = Gzip;
        return true;
    }

    /// <summary>What is written to the stream reaches <paramref name="target"/> compressed, all of it once the stream is disposed.</summary>
    public static GZipStream Open(Stream target) => new(target, CompressionLevel.Fastest, leaveOpen: true);

    /// <summary>Whether the caller takes gzip at least as gladly as plain bytes (RFC 9110, 12.5.3).</summary>
    private static bool IsAccepted(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out IList<StringWithQualityHeaderValue>? encodings))
        {
            return false;
        }

        double? any = QualityOf("*");
        double gzip = QualityOf(Gzip) ?? any ?? 0;
        return gzip > 0 && gzip >= (QualityOf("identity") ?? 0);

        double? QualityOf(string name) =>
            encodings.FirstOrDefault(encoding => encoding.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? found.Quality ?? 1 : null;
    }
}
