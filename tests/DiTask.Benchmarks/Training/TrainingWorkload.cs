using DiTask.Model.Config;
using DiTask.Model.Data;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Benchmarks.Training;

/// <summary>A network with drawn weights and one batch of noise: the work of a training step without files.</summary>
internal sealed class TrainingWorkload : IDisposable
{
    /// <summary>The four tasks of PASCAL-Context that the authors train.</summary>
    public static readonly string[] FourTasks = ["semseg", "normals", "sal", "human_parts"];

    private static readonly (string Task, int Channels)[] AllOutputs = [("semseg", 21), ("normals", 3), ("sal", 1), ("human_parts", 7), ("edge", 1), ("depth", 1)];

    private readonly TrainingSession session;

    /// <param name="config">The run; data and start are not read.</param>
    /// <param name="tasks">Those of <see cref="AllTasks"/> that are trained.</param>
    public TrainingWorkload(RunConfig config, IReadOnlyList<string> tasks)
    {
        Config = config;
        (string Task, int Channels)[] outputs = [.. AllOutputs.Where(output => tasks.Contains(output.Task))];
        ModelConfig plain = config.Network.Create(outputs);
        TrainableNetwork network = new(plain, config.Adapter, StartWeights.Make(plain, null, config.Seed), config.Seed, CPU);
        session = new TrainingSession(config, network, [.. outputs.Select(output => output.Task)], batchesPerEpoch: int.MaxValue);
        int plane = config.Network.ImageSize * config.Network.ImageSize;
        Batch = new Batch(
            [.. Enumerable.Range(0, config.Batch).Select(index => $"{index}")],
            Noise(config.Batch * 3 * plane, value => (float)(2 * value - 1)),
            outputs.ToDictionary(output => output.Task, output => Noise(config.Batch * (output.Task == "normals" ? 3 : 1) * plane, value => output.Task switch
            {
                "normals" => 0.577f,
                "sal" or "edge" => value < 0.3 ? 1 : 0,
                _ => (int)(value * output.Channels),
            })));
    }

    /// <summary>All six.</summary>
    public static IReadOnlyList<string> AllTasks { get; } = [.. AllOutputs.Select(output => output.Task)];

    public RunConfig Config { get; }

    public Batch Batch { get; }

    public TrainableNetwork Network => session.Network;

    /// <summary>The micro shape of the tests, 64 pixels.</summary>
    public static RunConfig Micro { get; } = new()
    {
        Network = new NetworkOptions { ImageSize = 64, PatchSize = 4, EmbedDim = 12, Depths = [2, 2, 2, 1], NumHeads = [1, 2, 4, 4], Window = 4, DecoderChannels = [4, 8, 16, 32] },
        Adapter = new AdapterOptions { Cells = [16] },
        Batch = 2,
    };

    /// <summary>The released tiny shape at 224 pixels.</summary>
    public static RunConfig Tiny224 { get; } = new() { Network = new NetworkOptions { ImageSize = 224 }, Batch = 2 };

    /// <summary>One whole step: forward, losses, back, clip, update.</summary>
    public void Step()
    {
        set_num_threads(TrainingThreads.For(Config, Network));
        session.Train(Batch, _ => { });
    }

    /// <summary>The decompositions that the authors' code adds to every step: each adapted matrix once per theta, in float32.</summary>
    public int Decompose()
    {
        using DisposeScope scope = NewDisposeScope();
        int count = 0;
        foreach ((string layer, int _) in Network.Config.Adapters.SharedTessellation)
        {
            int streams = 1 + (Network.Config.Adapters.TaskTessellation.GetValueOrDefault(layer)?.Count ?? 0);
            DiTask.Model.Checkpoints.HostTensor weight = Network.Store.First($"backbone.{layer}.weight");
            Tensor matrix = tensor(weight.Values, [weight.Shape[0], weight.Shape[1]]);
            for (int stream = 0; stream < streams; stream++)
            {
                foreach (Range rows in DiTask.Model.Adapters.FusedWeights.RowBlocks(weight.Shape[0], weight.Shape[1]))
                {
                    (int start, int length) = rows.GetOffsetAndLength(weight.Shape[0]);
                    linalg.svd(matrix.narrow(0, start, length), fullMatrices: false);
                    count++;
                }
            }
        }

        return count;
    }

    public void Dispose() => session.Dispose();

    private static float[] Noise(int count, Func<double, float> value)
    {
        Random random = new(7);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = value(random.NextDouble());
        }

        return values;
    }
}
