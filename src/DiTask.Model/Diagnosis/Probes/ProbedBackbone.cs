using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Data;
using DiTask.Model.Tasks;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Probes;

/// <summary>A frozen backbone with one linear map per task, by least squares: what its features say without any training. A baseline for all that is trained.</summary>
/// <remarks>Maps read all stages at the finest one's size, as decoders do.</remarks>
public sealed class ProbedBackbone : IDisposable
{
    private const double LeastShare = 1e-3;

    private readonly TrainableNetwork network;
    private readonly IReadOnlyList<TaskInfo> tasks;
    private readonly LinearMap[] maps;

    private ProbedBackbone(TrainableNetwork network, IReadOnlyList<TaskInfo> tasks, IEnumerable<Batch> train)
    {
        this.network = network;
        this.tasks = tasks;
        maps = LinearProbe.Fit(tasks, Features, train);
    }

    /// <summary>Learns from the pictures of a run, each seen once as it is.</summary>
    /// <param name="config">Names the backbone (start, or drawn), the network's shape, the pictures and the tasks.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="DatasetException">The pictures cannot be read.</exception>
    /// <exception cref="CheckpointException">The backbone cannot be read, or is of another network.</exception>
    /// <exception cref="DiagnosisException">No picture has a label of one of the tasks.</exception>
    public static ProbedBackbone Learn(RunConfig config, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        TrainingData data = TrainingData.Open(config with { Data = config.Data with { Augment = "none" }, Validation = config.Validation with { Every = 0 } });
        ModelConfig plain = config.Network.Create([.. data.Tasks.Select(task => (task.Name, task.Channels))]);
        using CheckpointFile? start = config.Start is null ? null : CheckpointFile.Open(config.Start);
        TrainableNetwork network = new(plain, new AdapterOptions { Kind = AdapterKinds.Frozen }, StartWeights.Make(plain, start, config.Seed), config.Seed, ComputeDevice.Of(config.Device));
        try
        {
            return new ProbedBackbone(network, data.Tasks, data.Train.Epoch(0, 0, cancellation));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Logits of a batch by wire name, [B, c, S, S]: shares of classes, metres, vectors; of saliency and edges the log-odds above those of the mean.</summary>
    public IReadOnlyDictionary<string, float[]> Predict(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using IDisposable off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor features = Features(batch);
        long count = features.shape[0], side = features.shape[2], size = network.Config.Backbone.ImageSize;
        Tensor rows = features.permute(0, 2, 3, 1).reshape(count * side * side, -1).to(float64);
        Dictionary<string, float[]> logits = [];
        for (int task = 0; task < tasks.Count; task++)
        {
            Tensor values = maps[task].Apply(rows);
            if (tasks[task].Activation == TaskActivation.Sigmoid)
            {
                double share = Math.Clamp(maps[task].Mean[0], LeastShare, 1 - LeastShare);
                values = values.clamp(LeastShare, 1 - LeastShare);
                values = values.log().sub(values.mul(-1).add(1).log()).sub(Math.Log(share / (1 - share)));
            }

            Tensor small = values.to(float32).reshape(count, side, side, -1).permute(0, 3, 1, 2);
            logits[tasks[task].Name] = nn.functional.interpolate(small, size: [size, size], mode: InterpolationMode.Bilinear, align_corners: false).to(CPU).contiguous().data<float>().ToArray();
        }

        return logits;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LinearMap map in maps)
        {
            map.Dispose();
        }

        network.Dispose();
    }

    private Tensor Features(Batch batch)
    {
        int size = network.Config.Backbone.ImageSize;
        return network.Features(tensor(batch.Images, [batch.Count, 3, size, size], float32, network.Store.Device), tasks[0].Name);
    }
}
