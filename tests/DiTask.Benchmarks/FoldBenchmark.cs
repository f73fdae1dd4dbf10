using System.Diagnostics;
using DiTask.Tests;

namespace DiTask.Benchmarks;

/// <summary>Folds in a process of its own, as a user does, and reads that process's peak memory from the kernel.</summary>
internal static class FoldBenchmark
{
    public static void Run(bool small)
    {
        using TemporaryFolder folder = new();
        RealSize.WriteCheckpoint(folder["model.pth"], small);
        foreach (bool verify in new[] { false, true })
        {
            Stopwatch watch = Stopwatch.StartNew();
            long peakKilobytes = Fold(folder["model.pth"], folder[$"folded-{verify}"], verify);
            Console.WriteLine($"fold, verify {verify}: {watch.Elapsed.TotalSeconds:F1} s, peak {peakKilobytes / 1024} MiB");
        }

        long checkpoint = new FileInfo(folder["model.pth"]).Length;
        long model = new DirectoryInfo(folder["folded-True"]).EnumerateFiles().Sum(file => file.Length);
        Console.WriteLine($"checkpoint {checkpoint / 1e6:F1} MB, model folder {model / 1e6:F1} MB, ratio {(double)model / checkpoint:F2}");
    }

    private static long Fold(string checkpoint, string output, bool verify)
    {
        string tool = Environment.GetEnvironmentVariable("DITASK_CLI") ?? throw new InvalidOperationException("DITASK_CLI must name the built ditask program; ./ditask bench sets it.");
        using Process process = Process.Start(new ProcessStartInfo(tool, ["fold", checkpoint, "--out", output, "--verify", $"{verify}"]))!;
        long peak = 0;
        // VmHWM only grows, so the last reading before the end is the peak but for the last few milliseconds.
        while (!process.WaitForExit(20))
        {
            peak = Math.Max(peak, PeakKilobytes(process.Id));
        }

        return process.ExitCode == 0 ? peak : throw new InvalidOperationException($"fold ended with {process.ExitCode}.");
    }

    private static long PeakKilobytes(int process)
    {
        try
        {
            return ProcessStatus.Read(process, "VmHWM");
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
