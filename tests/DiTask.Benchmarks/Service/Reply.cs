using System.Text.Json;

namespace DiTask.Benchmarks.Service;

/// <summary>How a request ended.</summary>
/// <param name="Status">Status code; 0 when no answer came.</param>
/// <param name="SentAt">From the beginning of the campaign to the time when it was due; an open loop counts its own lateness as the service's.</param>
/// <param name="Latency">From <paramref name="SentAt"/> to the answer's last byte.</param>
/// <param name="HasRetryAfter">Whether the answer says when to return.</param>
/// <param name="Timing">The answer's own <c>timing</c>, in milliseconds; null without.</param>
/// <param name="BatchImages">Images of the run; 0 without.</param>
internal readonly record struct Reply(
    int Status, TimeSpan SentAt, TimeSpan Latency, bool HasRetryAfter, IReadOnlyDictionary<string, double>? Timing, int BatchImages)
{
    /// <summary>Reads what came of <paramref name="request"/>.</summary>
    public static async Task<Reply> OfAsync(Func<CancellationToken, Task<HttpResponseMessage>> request, Func<TimeSpan> clock, TimeSpan sentAt, CancellationToken patience)
    {
        try
        {
            using HttpResponseMessage response = await request(patience);
            byte[] body = await response.Content.ReadAsByteArrayAsync(patience);
            bool isManifest = response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "application/json";
            using JsonDocument? manifest = isManifest ? JsonDocument.Parse(body) : null;
            return new Reply(
                (int)response.StatusCode,
                sentAt,
                clock() - sentAt,
                response.Headers.RetryAfter is not null,
                manifest?.RootElement.GetProperty("timing").EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetDouble()),
                manifest?.RootElement.GetProperty("batch").GetProperty("images").GetInt32() ?? 0);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return new Reply(0, sentAt, clock() - sentAt, false, null, 0);
        }
    }
}
