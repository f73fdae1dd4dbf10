using System.Diagnostics;
using System.Globalization;
using DiTask.Benchmarks.Service;
using DiTask.Cli.Compare;
using DiTask.Model.Training.Config;
using DiTask.Tests;
using static TorchSharp.torch;

namespace DiTask.Benchmarks.Training;

/// <summary>What a training step of each row of a comparison costs. Every row has a process of its own, so that its memory is its own; rows take turns.</summary>
internal static class RowsBenchmark
{
    private const string Reference = "frozen";
    private const int Steps = 5;

    /// <summary>The comparison of docs/results.</summary>
    public static string Shipped { get; } = Path.Combine(Fixture.Repository, "configs", "comparisons", "few.yaml");

    public static void Run(string file, bool small, int rounds)
    {
        Comparison comparison = Read(file);
        string[] rows = small ? [Reference] : [.. comparison.AllRows.Except(UntrainedRows.Names)];
        List<(double Milliseconds, double MiB)>[] costs = [.. rows.Select(_ => new List<(double, double)>())];
        for (int round = 0; round < (small ? 1 : rounds); round++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                costs[i].Add(Cost(file, rows[i]));
            }
        }

        double[] times = [.. costs.Select(cost => Report.Quantile(cost.Select(item => item.Milliseconds), 0.5))];
        int reference = Array.IndexOf(rows, Reference);
        Console.WriteLine($"| row | ms/step | to {rows[Math.Max(0, reference)]} | peak MiB |\n| --- | ---: | ---: | ---: |");
        for (int i = 0; i < rows.Length; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {rows[i]} | {times[i]:F0} | {times[i] / times[Math.Max(0, reference)]:F2} | {Report.Quantile(costs[i].Select(item => item.MiB), 0.5):F0} |"));
        }
    }

    /// <summary>Prints the cost of one row; the single-task networks are trained one after the other, so their times add up.</summary>
    public static void RunRow(string file, string row)
    {
        RunConfig config = Read(file).ConfigOf(row, seed: 1);
        if (config.Threads is { } threads)
        {
            set_num_threads(threads);
        }

        IReadOnlyList<string>[] networks = row == Comparison.SingleRow ? [.. TrainingWorkload.AllTasks.Select(task => new[] { task })] : [TrainingWorkload.AllTasks];
        double milliseconds = networks.Sum(tasks =>
        {
            using TrainingWorkload work = new(config, tasks);
            return Measure.InTurn(Steps, work.Step)[0];
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} {ProcessStatus.Read(Environment.ProcessId, "VmHWM") / 1024.0}"));
    }

    // The pictures are noise: where they would lie matters not.
    private static Comparison Read(string file) => Comparison.Read(file, ["data.path=none"]);

    private static (double Milliseconds, double MiB) Cost(string file, string row)
    {
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["row", file, row]) { RedirectStandardOutput = true })!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return answer.Split(' ') is [string time, string memory]
            ? (double.Parse(time, CultureInfo.InvariantCulture), double.Parse(memory, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"row '{row}': expected milliseconds and MiB; found '{answer}', exit code {process.ExitCode}.");
    }
}
