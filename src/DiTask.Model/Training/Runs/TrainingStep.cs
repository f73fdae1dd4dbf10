using DiTask.Model.Data;
using DiTask.Model.Networks;
using DiTask.Model.Torch;
using DiTask.Model.Training.Adapters;
using DiTask.Model.Training.Balancing;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Losses;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Regularization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Runs;

/// <summary>One batch forward and back: losses, penalties, gradients.</summary>
internal sealed class TrainingStep 
{
    private readonly RunConfig config;
    private readonly TrainableNetwork network;
    private readonly IBalancer balancer;
    private readonly TrainingMode mode;
    private readonly IReadOnlyDictionary<string, ITaskLoss> losses;
    private readonly Parameter[] shared;
    private readonly Parameter[] lastShared;
    private readonly Penalties penalties;

    /// <param name="config">The run.</param>
    /// <param name="network">What is trained.</param>
    /// <param name="balancer">How losses become gradients.</param>
    /// <param name="penalties">Terms beside the losses.</param>
    /// <param name="tasks">Wire names in order.</param>
    public TrainingStep(RunConfig config, TrainableNetwork network, IBalancer balancer, Penalties penalties, IReadOnlyList<string> tasks)
    {
        this.config = config;
        this.network = network;
        this.balancer = balancer;
        this.penalties = penalties;
        mode = new TrainingMode(config.DropPath, config.Precision == "bfloat16" ? bfloat16 : null);
        losses = tasks.ToDictionary(task => task, task => TaskLosses.Of(task, config.Losses.LossForm));
        TrainedParameter[] common = [.. network.Parameters.Where(parameter => parameter.Task is null)];
        shared = [.. common.Select(parameter => parameter.Tensor)];
        lastShared = [.. LastLayer(common).Select(parameter => parameter.Tensor)];
    }

    /// <summary>Adds the gradients of a batch to those that are there.</summary>
    /// <param name="batch">Pictures and labels.</param>
    /// <param name="position">Where the run is; the random numbers of the step depend on nothing else.</param>
    /// <param name="share">Share of the batch in the update.</param>
    public Outcome Run(Batch batch, RunPosition position, double share)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(unchecked((long)new CounterRandom(config.Seed, RandomPurpose.Dropout, 0, position.Step).NextBits() & long.MaxValue));
        Tensor images = Images(batch);
        IReadOnlyDictionary<Tap, Tensor> taps = network.Trunk(images, mode);
        IReadOnlyDictionary<string, Tensor> logits = network.Branches(taps);
        OrderedDictionary<string, Tensor> parts = [];
        OrderedDictionary<string, double> values = [];
        foreach ((string task, ITaskLoss loss) in losses)
        {
            Tensor value = loss.Compute(logits[task], Labels(batch, task));
            values[task] = value.item<float>();
            parts[task] = value;
        }

        if (values.Values.Any(value => !double.IsFinite(value)))
        {
            return new Outcome(values, new Dictionary<string, double>(), double.NaN);
        }

        // Before the losses: their gradients release the forward pass, which a penalty may need too.
        double extra = 0;
        if (penalties.Compute(images, taps) is { } penalty)
        {
            extra = penalty.item<float>();
            penalty.mul(share).backward(retain_graph: true);
        }

        IReadOnlyDictionary<string, double> weights = balancer.Backward(new BalancingStep(parts, shared, lastShared, position.Update, position.Epoch) { Scale = share });
        return new Outcome(values, weights, extra + values.Sum(task => task.Value * weights.GetValueOrDefault(task.Key, 1)));
    }

    /// <summary>Raw losses of a batch without gradients, and the logits [B, c, S, S] on the host.</summary>
    public (IReadOnlyDictionary<string, double> Losses, IReadOnlyDictionary<string, float[]> Logits) Evaluate(Batch batch)
    {
        using IDisposable gradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyDictionary<string, Tensor> logits = network.Forward(Images(batch), null);
        return (
            losses.ToDictionary(task => task.Key, task => (double)task.Value.Compute(logits[task.Key], Labels(batch, task.Key)).item<float>()),
            logits.ToDictionary(task => task.Key, task => task.Value.to(CPU).contiguous().data<float>().ToArray()));
    }

    // GradNorm looks at the last layer that all tasks share: of the backbone, the one that comes last in its order.
    private static IEnumerable<TrainedParameter> LastLayer(TrainedParameter[] common)
    {
        TrainedParameter? last = common.LastOrDefault(parameter => parameter.Role is ParameterRole.Theta or ParameterRole.Adapter) ?? common.LastOrDefault();
        return last is null ? [] : [last];
    }

    private Tensor Images(Batch batch)
    {
        int size = network.Config.Backbone.ImageSize;
        return tensor(batch.Images, [batch.Count, 3, size, size], float32, network.Store.Device);
    }

    private Tensor Labels(Batch batch, string task)
    {
        int size = network.Config.Backbone.ImageSize;
        float[] values = batch.Labels[task];
        return tensor(values, [batch.Count, values.Length / (batch.Count * size * size), size, size], float32, network.Store.Device);
    }

    /// <summary>What a batch gave.</summary>
    /// <param name="Losses">Raw losses.</param>
    /// <param name="Weights">What each was multiplied by; empty when a loss was not finite.</param>
    /// <param name="Total">Weighted losses and penalties; not a number when a loss was not finite.</param>
    internal sealed record Outcome(IReadOnlyDictionary<string, double> Losses, IReadOnlyDictionary<string, double> Weights, double Total);
}
