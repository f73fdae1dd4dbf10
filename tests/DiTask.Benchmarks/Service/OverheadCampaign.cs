namespace DiTask.Benchmarks.Service;

/// <summary>What the service adds to decoding, the run and encoding, with a model that does nothing.</summary>
internal static class OverheadCampaign
{
    private static readonly string[] Work = ["decodeMs", "preprocessMs", "inferMs", "encodeMs"];

    public static async Task<int> RunAsync(TimeSpan duration)
    {
        using ServiceProcess service = await ServiceProcess.StartPacedAsync(0, 0);
        using Load load = new(service.Address);
        Report report = new();
        byte[] photo = Photos.Jpeg(448, 448);
        await load.CloseAsync(8, duration / 4, _ => photo);
        foreach (int callers in new[] { 1, 8 })
        {
            IReadOnlyList<Reply> replies = await load.CloseAsync(callers, duration, _ => photo);
            double total = Report.Milliseconds(replies, 0.5);
            double inside = Report.Quantile(replies.Select(reply => Work.Sum(name => reply.Timing?[name] ?? 0)), 0.5);
            double above = Report.Quantile(replies.Select(reply => reply.Latency.TotalMilliseconds - Work.Sum(name => reply.Timing?[name] ?? 0)), 0.5);
            Report.Say($"{callers} callers: {replies.Count / duration.TotalSeconds:F0} requests/s, p50 {total:F2} ms, of it decode, run and encode {inside:F2} ms, above them {above:F2} ms (queue {Report.Quantile(replies.Select(reply => reply.Timing?["queueMs"] ?? 0), 0.5):F2} ms), p99 {Report.Milliseconds(replies, 0.99):F1} ms; {Report.Statuses(replies)}");
            if (callers == 1)
            {
                report.Aim($"p50 above decode and encode is {above:F2} ms, at most 2 ms", above <= 2);
            }
        }

        return report.ExitCode;
    }
}
