using OpenTelemetry.Trace;

namespace DiTask.Api.Tracing;

/// <summary>For traces that begin here: a batch is recorded when a request in it is, everything else in the given share.</summary>
internal sealed class LinkSampler(double ratio) : Sampler
{
    private readonly TraceIdRatioBasedSampler others = new(ratio);

    // A batch starts only where a recorded request is linked to it.
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Links?.Any() == true ? new SamplingResult(SamplingDecision.RecordAndSample) : others.ShouldSample(samplingParameters);
}
