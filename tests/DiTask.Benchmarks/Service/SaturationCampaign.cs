using System.Diagnostics;
using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using DiTask.Tests;

namespace DiTask.Benchmarks.Service;

/// <summary>Images per second of the whole service against a bare loop over runs of the same sizes, in turn.</summary>
internal static class SaturationCampaign
{
    /// <summary>Twice the largest run, so that a run's worth of requests waits while another is computed.</summary>
    private const int Callers = 8;

    private const string Sizes = "Batching:Sizes=1,2,4";

    public static async Task<int> RunAsync(bool small, int rounds, TimeSpan duration)
    {
        using TemporaryFolder folder = new();
        ModelFolder model = RealSize.Folded(folder, small);
        using ServiceProcess service = await ServiceProcess.StartAsync(model.Path, Sizes);
        using Load load = new(service.Address);
        using MultiTaskSession session = MultiTaskSession.Open(model);
        byte[] photo = Photos.Jpeg(model.Manifest.Input.Size, model.Manifest.Input.Size);
        Report report = new();
        List<double> ratios = [];
        await load.CloseAsync(Callers, duration / 4, _ => photo);
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<Reply> replies = await load.CloseAsync(Callers, duration, _ => photo);
            double served = replies.Count(reply => reply.Status == 200) / Stopwatch.GetElapsedTime(start).TotalSeconds;
            // As many runs of each size as the service made: n images said that they were in a run of n.
            (int Size, int Runs)[] runs = [.. replies.Where(reply => reply.BatchImages > 0).CountBy(reply => reply.BatchImages)
                .Select(pair => (pair.Key, Math.Max(1, (int)Math.Round((double)pair.Value / pair.Key)))).OrderBy(pair => pair.Key)];
            double looped = Loop(session, model, runs);
            ratios.Add(served / looped);
            Report.Say($"round {round + 1}: service {served:F2} images/s, loop {looped:F2} images/s, ratio {ratios[^1]:P1}; runs {string.Join(", ", runs.Select(run => $"{run.Runs} of {run.Size}"))}; {Report.Statuses(replies)}");
        }

        double median = Report.Quantile(ratios, 0.5);
        report.Aim($"{median:P1} of the loop (median of {rounds} rounds), at least 95 %", median >= 0.95);
        return report.ExitCode;
    }

    private static double Loop(MultiTaskSession session, ModelFolder model, (int Size, int Runs)[] runs)
    {
        int length = 3 * model.Manifest.Input.Size * model.Manifest.Input.Size;
        long start = Stopwatch.GetTimestamp();
        foreach ((int size, int count) in runs)
        {
            float[] images = new float[size * length];
            for (int run = 0; run < count; run++)
            {
                session.RunAll(images, size, model.Manifest.Tasks);
            }
        }

        return runs.Sum(run => run.Size * run.Runs) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
