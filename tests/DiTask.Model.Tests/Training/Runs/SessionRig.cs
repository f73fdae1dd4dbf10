using DiTask.Model.Config;
using DiTask.Model.Data;
using DiTask.Model.Training.Balancing;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Training.Runs;

/// <summary>A session on the toy scenes, driven batch by batch.</summary>
internal sealed class SessionRig : IDisposable
{
    private readonly RunConfig config;
    private readonly IBalancer balancer;
    private readonly Penalties penalties;
    private readonly TrainingStep step;

    public SessionRig(RunConfig config)
    {
        this.config = config;
        TrainingData data = TrainingData.Open(config);
        Tasks = [.. data.Tasks.Select(task => task.Name)];
        Batches = [.. data.Train.Epoch(0)];
        ModelConfig plain = config.Network.Create([.. data.Tasks.Select(task => (task.Name, task.Channels))]);
        TrainableNetwork network = new(plain, config.Adapter, StartWeights.Make(plain, null, config.Seed), config.Seed, CPU);
        Session = new TrainingSession(config, network, Tasks, Batches.Length);
        balancer = config.Balancing.Create(Tasks, LossWeights.Of(Tasks, config.Losses), config.Seed);
        penalties = new Penalties(config.Penalties, network, config.Seed);
        step = new TrainingStep(config, network, balancer, penalties, Tasks);
    }

    public IReadOnlyList<string> Tasks { get; }

    public Batch[] Batches { get; }

    public TrainingSession Session { get; }

    public List<string> Notices { get; } = [];

    public StepOutcome Train(Batch batch) => Session.Train(batch, Notices.Add);

    /// <summary>The batch with one number of one picture spoilt.</summary>
    public static Batch Spoilt(Batch batch, int picture)
    {
        float[] images = [.. batch.Images];
        images[(picture * images.Length / batch.Count) + 100] = float.NaN;
        return batch with { Images = images };
    }

    /// <summary>Gradients of every parameter after the batches, each with its share.</summary>
    public Dictionary<string, float[]> Gradients(IReadOnlyList<Batch> batches)
    {
        foreach (TrainedParameter parameter in Session.Network.Parameters)
        {
            parameter.Tensor.grad = null;
        }

        foreach (Batch batch in batches)
        {
            step.Run(batch, new RunPosition(), 1.0 / batches.Count);
        }

        using DisposeScope scope = NewDisposeScope();
        return Session.Network.Parameters.Where(parameter => parameter.Tensor.grad is not null)
            .ToDictionary(parameter => parameter.Key, parameter => parameter.Tensor.grad!.contiguous().data<float>().ToArray());
    }

    public float[] Values(string key) => Session.Network.Store.Current(key).Values;

    public void Dispose()
    {
        penalties.Dispose();
        balancer.Dispose();
        Session.Dispose();
    }
}
