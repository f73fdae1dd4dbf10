using System.Globalization;
using System.IO.Compression;
using DiTask.Api.Predict;
using DiTask.Api.Problems;

namespace DiTask.Api.OpenInference;

/// <summary>A request's body: the JSON in front, the tensors' bytes behind it.</summary>
internal sealed class InferBody : IDisposable
{
    public const string LengthHeader = "Inference-Header-Content-Length";

    private readonly RentedBytes bytes;
    private readonly int? jsonLength;

    private InferBody(RentedBytes bytes, int? jsonLength)
    {
        this.bytes = bytes;
        this.jsonLength = jsonLength;
    }

    /// <summary>The whole body is the one input, without any JSON.</summary>
    public bool IsRaw => jsonLength == 0 && bytes.Memory.Length > 0;

    public ReadOnlyMemory<byte> Json => jsonLength is { } length ? bytes.Memory[..length] : bytes.Memory;

    public ReadOnlyMemory<byte> Binary => jsonLength is { } length ? bytes.Memory[length..] : default;

    /// <summary>Reads and inflates a body.</summary>
    /// <exception cref="RequestErrorException">Too large, of an unknown encoding, or a header that does not fit the body.</exception>
    public static async Task<InferBody> ReadAsync(HttpRequest request, LimitsOptions limits, CancellationToken cancellation)
    {
        int? jsonLength = JsonLength(request.Headers[LengthHeader]);
        LimitErrors.LimitBody(request, limits);
        RentedBytes bytes = await InflateAsync(request, limits.MaxDecompressedBytes, cancellation).ConfigureAwait(false);
        if (jsonLength > bytes.Memory.Length)
        {
            int found = bytes.Memory.Length;
            bytes.Dispose();
            throw new RequestErrorException(new(ErrorCode.BadBinaryHeader, $"{LengthHeader} is {jsonLength}, and the body has {found} bytes."));
        }

        return new InferBody(bytes, jsonLength);
    }

    public void Dispose() => bytes.Dispose();

    private static int? JsonLength(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return null;
        }

        return int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? length
            : throw new RequestErrorException(new(ErrorCode.BadBinaryHeader, $"{LengthHeader} is a number of bytes; found '{header}'."));
    }

    private static async Task<RentedBytes> InflateAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        string encoding = request.Headers.ContentEncoding.ToString();
        Stream stream = encoding.ToUpperInvariant() switch
        {
            "" or "IDENTITY" => request.Body,
            "GZIP" => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            "DEFLATE" => new ZLibStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            _ => throw new RequestErrorException(new(
                ErrorCode.UnsupportedContentEncoding, $"Content-Encoding is gzip, deflate or identity; found '{encoding}'.")
            {
                Header = ("Accept-Encoding", "gzip, deflate, identity"),
            }),
        };
        try
        {
            RentedBytes bytes = await RentedBytes.ReadUpToAsync(stream, maxBytes, cancellation).ConfigureAwait(false);
            if (bytes.TotalBytes <= maxBytes)
            {
                return bytes;
            }

            bytes.Dispose();
            throw new RequestErrorException(new(
                ErrorCode.BodyTooLarge, $"A body has at most {maxBytes} bytes after decompression, Limits:MaxDecompressedBytes; found more."));
        }
        catch (InvalidDataException)
        {
            throw new RequestErrorException(new(ErrorCode.MalformedRequest, $"The body is not valid {encoding} data."));
        }
        finally
        {
            if (stream != request.Body)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
