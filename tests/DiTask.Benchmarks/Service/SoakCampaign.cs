using System.Diagnostics;
using DiTask.Tests;

namespace DiTask.Benchmarks.Service;

/// <summary>Photos of all sizes for a long time, one caller per kind of request; what the process holds at the end of each minute.</summary>
internal static class SoakCampaign
{
    /// <summary>Share of the campaign in which caches, pools and the just-in-time compiler may still grow.</summary>
    private const double Settling = 0.25;

    private static readonly string[] Queries = ["", "?tasks=depth", "?size=source&tasks=semseg", "?tasks=normals&maps=npy", "?overlay=0.5&tasks=sal", "?scores=true&tasks=semseg"];

    public static async Task<int> RunAsync(TimeSpan duration)
    {
        using ServiceProcess service = await ServiceProcess.StartAsync(Path.Combine(Fixture.Repository, "models", "ditask-micro"));
        Task<IReadOnlyList<Reply>>[] loads = [.. Queries.Select((query, index) => CloseAsync(service.Address, query, index, duration))];
        List<(double Minutes, double Resident, int Handles, int Threads)> series = [];
        long start = Stopwatch.GetTimestamp();
        TimeSpan step = duration / 120;
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            await Task.Delay(step);
            series.Add((Stopwatch.GetElapsedTime(start).TotalMinutes, service.ResidentMiB, service.Handles, service.Threads));
        }

        Reply[] replies = [.. (await Task.WhenAll(loads)).SelectMany(part => part)];
        Report.Say($"{replies.Length} requests in {duration.TotalMinutes:F0} min; {Report.Statuses(replies)}");
        foreach (var (minutes, resident, handles, threads) in series.Where((_, index) => (index + 1) % 6 == 0))
        {
            Report.Say($"minute {minutes,5:F1}: {resident,6:F0} MiB, {handles} handles, {threads} threads");
        }

        var settled = series.Where(sample => sample.Minutes >= Settling * duration.TotalMinutes).ToArray();
        double slope = Slope([.. settled.Select(sample => sample.Minutes)], [.. settled.Select(sample => sample.Resident)]);
        double handleSlope = Slope([.. settled.Select(sample => sample.Minutes)], [.. settled.Select(sample => (double)sample.Handles)]);
        Report report = new();
        report.Aim($"all answered with 200 or 429", replies.All(reply => reply.Status is 200 or 429));
        report.Aim($"resident memory grows by {slope:F2} MiB/min after minute {Settling * duration.TotalMinutes:F0}, at most 1", slope <= 1);
        report.Aim($"handles grow by {handleSlope:F2} per minute, at most 0.5", handleSlope <= 0.5);
        return report.ExitCode;
    }

    private static async Task<IReadOnlyList<Reply>> CloseAsync(Uri address, string query, int index, TimeSpan duration)
    {
        using Load load = new(address);
        Random random = new(index);
        byte[][] photos = [.. Enumerable.Range(0, 64).Select(_ => Photos.Mixed[random.Next(Photos.Mixed.Count)])];
        return await load.CloseAsync(1, duration, sent => photos[sent % photos.Length], query);
    }

    /// <summary>Least squares: units of <paramref name="y"/> per unit of <paramref name="x"/>.</summary>
    private static double Slope(double[] x, double[] y)
    {
        double meanX = x.Average();
        double meanY = y.Average();
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
