using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Benchmarks.Training;

/// <summary>What an operation of the TorchSharp subset costs when there is nothing to compute: tensors of one element.</summary>
internal static class OperationBenchmark
{
    public static void Run(bool small)
    {
        int count = small ? 100 : 20_000;
        set_num_threads(1);
        using Tensor one = ones(1), two = ones(1);
        using Parameter weight = new(ones(1));
        Parameter[] many = [.. Enumerable.Range(0, 100).Select(_ => new Parameter(ones(1)) { grad = ones(1) })];
        using OptimizerHelper adam = optim.AdamW(many);
        (string Name, double Microseconds)[] rows =
        [
            ("sum with its release", Time(count, () => one.add(two).Dispose())),
            ("sum in place", Time(count, () => one.add_(two))),
            ("sum forward and back", Time(count / 10, () =>
            {
                using Tensor sum = weight.add(two);
                sum.backward();
            })),
            ("AdamW per parameter", Time(count / 100, () => adam.step()) / many.Length),
        ];
        Console.WriteLine($"operations on one element, microseconds: {string.Join(", ", rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Name} {row.Microseconds:F1}")))}");
        Array.ForEach(many, parameter => parameter.Dispose());
    }

    private static double Time(int count, Action work)
    {
        for (int i = 0; i < Math.Max(10, count / 10); i++)
        {
            work();
        }

        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Math.Max(1, count);
    }
}
