using DiTask.Api.Batching;
using DiTask.Api.Predict;
using Microsoft.Extensions.Options;

namespace DiTask.Api.OpenInference;

/// <summary>What one request of the protocol may hold.</summary>
internal sealed class ProtocolLimits(IOptions<LimitsOptions> limits, IOptions<BatchingOptions> batching)
{
    /// <summary>The service's limits.</summary>
    public LimitsOptions Limits { get; } = limits.Value;

    /// <summary>Most images of a request; what the queue cannot hold could never run.</summary>
    public int MaxBatch { get; } = Math.Min(limits.Value.MaxImages, batching.Value.QueueCapacity);
}
