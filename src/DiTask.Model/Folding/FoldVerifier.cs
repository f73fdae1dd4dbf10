using DiTask.Model.Artifacts;
using DiTask.Model.Config;
using DiTask.Model.Inference;
using DiTask.Model.Networks;
using DiTask.Model.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Folding;

/// <summary>Runs written graphs against the network that still has its adapters, on random images.</summary>
internal static class FoldVerifier
{
    /// <summary>Accepted difference, absolute and relative to the largest logit (docs/numerics.md).</summary>
    public const double Tolerance = 1e-4;

    private const int BatchSize = 2;
    private const int Seed = 20250206;

    /// <summary>Compares every task, on a full batch and on single rows of it.</summary>
    public static IReadOnlyList<TaskDeviation> Verify(ModelFolder folder, WeightFolder weights, ModelConfig config)
    {
        int size = config.Backbone.ImageSize;
        float[] images = RandomImages(BatchSize * 3 * size * size);
        Dictionary<string, float[]> expected = RunUnfolded(images, weights, config);
        // Makes room for the sessions: folding is over, and its large arrays would stay until a full collection.
        weights.Forget();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using MultiTaskSession session = MultiTaskSession.Open(folder, new SessionSettings { CpuArena = false });
        IReadOnlyDictionary<string, TaskLogits> whole = session.RunAll(images, BatchSize, folder.Manifest.Tasks);
        IReadOnlyDictionary<string, TaskLogits> single = session.Run(
            images, BatchSize, config.Tasks.Select((task, index) => (task.Name, index)).ToDictionary(task => task.Name, task => (IReadOnlyList<int>)[task.index % BatchSize]));
        return [.. config.Tasks.Select(task => Compare(task.Name, expected[task.Name], [whole[task.Name], single[task.Name]]))];
    }

    private static Dictionary<string, float[]> RunUnfolded(float[] images, WeightFolder weights, ModelConfig config)
    {
        using IDisposable gradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using TorchOps ops = new();
        using UnfoldedParameters parameters = new(weights, ops);
        MultiTaskSwin<Tensor> network = new(ops, parameters, config);
        // One image at a time takes half the memory of a batch.
        IReadOnlyDictionary<string, float[]>[] rows = [.. images.Chunk(images.Length / BatchSize).Select(image => RunUnfolded(network, image, config.Backbone.ImageSize))];
        return config.Tasks.ToDictionary(task => task.Name, task => rows.SelectMany(row => row[task.Name]).ToArray());
    }

    private static Dictionary<string, float[]> RunUnfolded(MultiTaskSwin<Tensor> network, float[] image, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        return network.Forward(tensor(image, [1, 3, size, size])).ToDictionary(task => task.Key, task => task.Value.contiguous().data<float>().ToArray());
    }

    private static TaskDeviation Compare(string task, float[] expected, TaskLogits[] runs)
    {
        double difference = 0;
        foreach (TaskLogits run in runs)
        {
            int size = run.Channels * run.Height * run.Width;
            for (int entry = 0; entry < run.Rows.Count; entry++)
            {
                ReadOnlySpan<float> actual = run.Entry(entry);
                ReadOnlySpan<float> reference = expected.AsSpan(run.Rows[entry] * size, size);
                for (int i = 0; i < size; i++)
                {
                    // Math.Max keeps a NaN once it has met one, and a NaN is never accepted.
                    difference = Math.Max(difference, Math.Abs((double)actual[i] - reference[i]));
                }
            }
        }

        double largest = expected.Max(value => Math.Abs((double)value));
        return new TaskDeviation(task, difference, largest, Tolerance + (Tolerance * largest));
    }

    // Box and Muller: unit normal, as normalised images roughly are.
    private static float[] RandomImages(int count)
    {
        Random random = new(Seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }
}
