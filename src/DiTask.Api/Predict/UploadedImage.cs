using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>One image of a request: its bytes in a rented buffer, or why it has none.</summary>
internal sealed class UploadedImage(string id, RentedBytes bytes, RequestError? error = null) : IDisposable
{
    /// <summary>Name in the answer.</summary>
    public string Id { get; } = id;

    public ReadOnlyMemory<byte> Bytes => bytes.Memory;

    public RequestError? Error { get; } = error;

    public void Dispose() => bytes.Dispose();
}
