using System.IO.Compression;
using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>Opens a request's body as its sender meant it: inflated, and refused where a limit is passed.</summary>
/// <remarks>
/// The framework's request decompression has one limit for the bytes on the wire and the inflated ones, passes bodies of unknown or stacked
/// encodings on as they are, and takes the encoding's name out of the request before it is known whether the body is of that encoding.
/// </remarks>
internal static class RequestBody
{
    /// <summary>Content encodings that are read.</summary>
    public const string AcceptedEncodings = "gzip, deflate, identity";

    /// <summary>Opens the body of <paramref name="request"/>; the caller disposes the stream.</summary>
    /// <exception cref="RequestErrorException">Its length is over the limit, or its encoding is unknown; from reading: it is not of that encoding, or inflates too far.</exception>
    public static Stream Open(HttpRequest request, LimitsOptions limits)
    {
        string encoding = request.Headers.ContentEncoding.ToString();
        Stream? inflater = encoding.ToUpperInvariant() switch
        {
            "" or "IDENTITY" => null,
            "GZIP" or "X-GZIP" => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            "DEFLATE" => new ZLibStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            _ => throw new RequestErrorException(new(
                ErrorCode.UnsupportedContentEncoding, $"Expected one Content-Encoding of {AcceptedEncodings}; found '{encoding}'.")
            {
                Header = ("Accept-Encoding", AcceptedEncodings),
            }),
        };
        try
        {
            LimitErrors.LimitBody(request, limits);
        }
        catch
        {
            inflater?.Dispose();
            throw;
        }

        return inflater is null
            ? new LimitedStream(request.Body, limits.MaxBodyBytes, "bytes, Limits:MaxBodyBytes")
            : new LimitedStream(inflater, limits.MaxDecompressedBytes, "bytes after decompression, Limits:MaxDecompressedBytes") { Encoding = encoding };
    }
}
