using System.Globalization;
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
        using Stream stream = RequestBody.Open(request, limits);
        RentedBytes bytes = await RentedBytes.ReadAsync(stream, Array.MaxLength, cancellation).ConfigureAwait(false);
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
}
