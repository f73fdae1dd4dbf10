using DiTask.Model.Training;
using DiTask.Model.Training.Balancing;
using DiTask.Model.Training.Config;

namespace DiTask.Benchmarks.Training;

/// <summary>Training steps: against the authors' formulation, of every adapter, of every balancing method; single operations; peak memory.</summary>
internal static class TrainBenchmark
{
    public static void Run(bool small, int rounds)
    {
        foreach ((string name, RunConfig config) in small ? [("micro", TrainingWorkload.Micro)] : new[] { ("micro", TrainingWorkload.Micro), ("tiny-224", TrainingWorkload.Tiny224) })
        {
            using TrainingWorkload work = new(config, TrainingWorkload.FourTasks);
            int count = 0;
            double[] times = Measure.InTurn(small ? 1 : Math.Min(rounds, 5), work.Step, () => count = work.Decompose());
            Console.WriteLine($"{name}, batch {config.Batch}: step {times[0]:F0} ms, {1000 * config.Batch / times[0]:F2} images/s; the authors' {count} decompositions {times[1]:F0} ms, so their step takes {(times[0] + times[1]) / times[0]:F1} times as long");
        }

        Compare("adapters, step against frozen backbone", rounds, small, AdapterOptions.Kinds, kind => TrainingWorkload.Micro with { Adapter = TrainingWorkload.Micro.Adapter with { Kind = kind } }, AdapterKinds.Frozen);
        string[] methods = [.. Balancers.Names.Where(name => name != "task_relation")];
        Compare("balancing, step against fixed weights", rounds, small, methods, method => TrainingWorkload.Micro with { Balancing = new BalancingConfig { Method = method } }, "fixed");
        OperationBenchmark.Run(small);
        Console.WriteLine($"peak memory {ProcessStatus.Read(Environment.ProcessId, "VmHWM") >> 10} MiB");
    }

    private static void Compare(string title, int rounds, bool small, IReadOnlyList<string> names, Func<string, RunConfig> config, string reference)
    {
        TrainingWorkload[] works = [.. names.Select(name => new TrainingWorkload(config(name), TrainingWorkload.FourTasks))];
        double[] times = Measure.InTurn(small ? 1 : rounds, [.. works.Select(work => (Action)work.Step)]);
        double unit = times[names.ToList().IndexOf(reference)];
        Console.WriteLine($"{title} ({unit:F0} ms): {string.Join(", ", names.Select((name, index) => $"{name} {times[index] / unit:F2}"))}");
        Array.ForEach(works, work => work.Dispose());
    }
}
