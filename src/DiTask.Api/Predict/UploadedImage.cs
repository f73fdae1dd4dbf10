using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>One image of a request: its bytes in a rented buffer, or why it has none.</summary>
internal sealed class UploadedImage(string id, RentedBytes bytes, RequestError? error = null) : IDisposable
{
    /// <summary>Name in the answer.</summary>
    public string Id { get; } = id;

    public ReadOnlyMemory<byte> Bytes => bytes.Memory;

    public RequestError? Error { get; } = error;

    /// <summary>Where its bytes are to be fetched; null for an image that came with the request.</summary>
    public string? Address { get; init; }

    /// <summary>An image that is still to be fetched.</summary>
    public static UploadedImage At(string address, string id) => new(id, RentedBytes.Rent(0, out _)) { Address = address };

    public void Dispose() => bytes.Dispose();
}
