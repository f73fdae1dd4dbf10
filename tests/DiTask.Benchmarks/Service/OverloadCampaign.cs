namespace DiTask.Benchmarks.Service;

/// <summary>Poisson arrivals below and far above what a model of known speed can do.</summary>
internal static class OverloadCampaign
{
    private const double BaseMs = 20;
    private const double PerImageMs = 20;

    public static async Task<int> RunAsync(TimeSpan duration)
    {
        Report report = new();
        byte[] photo = Photos.Jpeg(448, 448);
        double capacity = await CapacityAsync(photo, duration);
        foreach (double share in new[] { 0.5, 0.8, 1.0, 3.0 })
        {
            using ServiceProcess service = await StartAsync();
            using Load load = new(service.Address);
            IReadOnlyList<Reply> replies = await load.OpenAsync(share * capacity, duration, TimeSpan.FromSeconds(10), photo, seed: 7);
            double recovery = await RecoveryAsync(load, photo);
            Reply[] useful = [.. replies.Where(reply => reply.Status == 200)];
            // What was accepted in the window is answered a little after it.
            double usefulRate = useful.Length / Math.Max(duration.TotalSeconds, useful.Max(reply => (reply.SentAt + reply.Latency).TotalSeconds));
            Reply[] refused = [.. replies.Where(reply => reply.Status == 429)];
            Report.Say($"{share:F1} x capacity: {replies.Count / duration.TotalSeconds:F1}/s offered, {usefulRate:F1}/s useful ({usefulRate / capacity:P0} of capacity), p50 {Report.Milliseconds(useful, 0.5):F0} ms, p99 {Report.Milliseconds(useful, 0.99):F0} ms, next answer after {recovery:F2} s; {Report.Statuses(replies)}");
            report.Aim($"no 5xx, no request without an answer", replies.All(reply => reply.Status is 200 or 429));
            report.Aim($"every 429 has Retry-After", refused.All(reply => reply.HasRetryAfter));
            if (share <= 0.8)
            {
                report.Aim($"no rejections", refused.Length == 0);
            }

            if (share >= 3)
            {
                report.Aim($"useful answers {usefulRate / capacity:P0}, at least 95 % of capacity", usefulRate >= 0.95 * capacity);
                report.Aim($"recovery in {recovery:F2} s, under 2 s", recovery < 2);
            }
        }

        return report.ExitCode;
    }

    private static Task<ServiceProcess> StartAsync() => ServiceProcess.StartPacedAsync(BaseMs, PerImageMs, "Limits:CpuConcurrency=2");

    /// <summary>Images per second when callers never let the queue run empty.</summary>
    private static async Task<double> CapacityAsync(byte[] photo, TimeSpan duration)
    {
        using ServiceProcess service = await StartAsync();
        using Load load = new(service.Address);
        await load.CloseAsync(24, duration / 4, _ => photo);
        IReadOnlyList<Reply> replies = await load.CloseAsync(24, duration, _ => photo);
        double capacity = replies.Count(reply => reply.Status == 200) / replies.Max(reply => (reply.SentAt + reply.Latency).TotalSeconds);
        Report.Say($"capacity: {capacity:F1} images/s with 24 callers, runs of {replies.Average(reply => reply.BatchImages):F1} images, model of {BaseMs} + {PerImageMs} n ms; {Report.Statuses(replies)}");
        return capacity;
    }

    /// <summary>Seconds from the end of the storm to the next answer.</summary>
    private static async Task<double> RecoveryAsync(Load load, byte[] photo)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            using HttpResponseMessage response = await load.PostAsync(photo, "", CancellationToken.None);
            if (response.IsSuccessStatusCode)
            {
                return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
            }

            await Task.Delay(50);
        }
    }
}
