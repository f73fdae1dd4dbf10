namespace DiTask.Api.OpenInference;

/// <summary>A request, understood and checked.</summary>
internal sealed record InferRequest
{
    /// <summary>Encoded pictures; empty for a model that takes tensors.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Images { get; init; } = [];

    /// <summary>[N, 3, S, S] in little-endian floats; empty for a model that takes pictures.</summary>
    public ReadOnlyMemory<byte> Values { get; init; }

    /// <summary>N.</summary>
    public required int Count { get; init; }

    /// <summary>In the order asked for.</summary>
    public required IReadOnlyList<RequestedOutput> Outputs { get; init; }

    /// <summary>Longest that the caller waits; null when it does not say.</summary>
    public TimeSpan? Timeout { get; init; }
}
