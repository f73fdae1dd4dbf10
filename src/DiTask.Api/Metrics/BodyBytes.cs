namespace DiTask.Api.Metrics;

/// <summary>A request's feature that says how large its body and its answer's body are so far.</summary>
internal sealed class BodyBytes(CountingStream received, CountingStream sent, HttpResponse response)
{
    public long Received => received.BytesRead;

    /// <summary>What waits to be written among it.</summary>
    public long Sent => sent.BytesWritten + response.BodyWriter.UnflushedBytes;
}
