using System.Diagnostics;

namespace DiTask.Benchmarks.Service;

/// <summary>Callers who leave at random points: within the head, within the body, while they wait.</summary>
internal static class DisconnectCampaign
{
    private const string Predict = "endpoint=\"/predict\"";

    public static async Task<int> RunAsync(int callers)
    {
        using ServiceProcess service = await ServiceProcess.StartPacedAsync(20, 20);
        using Load load = new(service.Address);
        byte[] photo = Photos.Jpeg(448, 448);
        await load.CloseAsync(8, TimeSpan.FromSeconds(5), _ => photo);
        (double baseMemory, int baseHandles) = (service.ResidentMiB, service.Handles);
        Scrape before = await Scrape.OfAsync(load.Client);

        Random random = new(3);
        Task<IReadOnlyList<Reply>> survivors = load.CloseAsync(2, TimeSpan.FromSeconds(callers / 25.0 + 2), _ => photo);
        List<Task> storm = [];
        for (int i = 0; i < callers; i++)
        {
            storm.Add(LeaveAsync(service.Address, photo, random.NextDouble(), TimeSpan.FromMilliseconds(random.Next(400))));
            await Task.Delay(40);
        }

        await Task.WhenAll(storm);
        IReadOnlyList<Reply> survived = await survivors;
        (Scrape after, TimeSpan settled) = await SettleAsync(load);
        double cancelled = after.Sum("ditask_cancelled_total") - before.Sum("ditask_cancelled_total");
        double left = Delta("ditask_http_requests_total", Predict, "code=\"499\"");
        double inQueue = Delta("ditask_queue_left_images_total");
        double aborted = Delta("ditask_batches_total", "result=\"cancelled\"");
        Report.Say($"{callers} callers cut: {left} requests ended as 499 (the others were cut within the head, or answered before), of them {inQueue} in the queue; {aborted} runs stopped; idle again after {settled.TotalSeconds:F1} s");
        Report.Say($"resident {baseMemory:F0} -> {service.ResidentMiB:F0} MiB, handles {baseHandles} -> {service.Handles}; survivors: {Report.Statuses(survived)}, p99 {Report.Milliseconds(survived, 0.99):F0} ms");

        Report report = new();
        report.Aim($"cancelled by stage adds up: {cancelled} of {left}", cancelled == left);
        report.Aim($"survivors unaffected", survived.All(reply => reply.Status == 200));
        report.Aim($"images add up: accepted = ok + failed + dropped", Math.Abs(Delta("ditask_images_total") - Delta("ditask_images_total", "result=\"ok\"") - Delta("ditask_images_total", "result=\"failed\"") - Delta("ditask_images_total", "result=\"dropped\"")) < 0.5);
        report.Aim($"handles return to {baseHandles} + 8", service.Handles <= baseHandles + 8);
        report.Aim($"resident memory returns to {baseMemory:F0} MiB + 32", service.ResidentMiB <= baseMemory + 32);
        return report.ExitCode;

        double Delta(string family, params string[] labels) => after.Sum(family, labels) - before.Sum(family, labels);
    }

    private static async Task LeaveAsync(Uri address, byte[] photo, double share, TimeSpan wait)
    {
        using RawRequest request = await RawRequest.ConnectAsync(address, photo);
        // Half of them send everything, and leave while they wait.
        int length = share < 0.5 ? (int)(2 * share * request.Bytes.Length) : request.Bytes.Length;
        try
        {
            await request.Stream.WriteAsync(request.Bytes.AsMemory(0, length));
            await Task.Delay(wait);
        }
        catch (IOException)
        {
            // Refused while writing: the service closed first.
        }

        request.Cut();
    }

    private static async Task<(Scrape Metrics, TimeSpan Settled)> SettleAsync(Load load)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Scrape metrics = await Scrape.OfAsync(load.Client);
            TimeSpan settled = Stopwatch.GetElapsedTime(start);
            if ((metrics.Sum("ditask_http_requests_in_flight", Predict) == 0 && metrics.Sum("ditask_queue_images") == 0) || settled > TimeSpan.FromSeconds(60))
            {
                return (metrics, settled);
            }

            await Task.Delay(50);
        }
    }
}
