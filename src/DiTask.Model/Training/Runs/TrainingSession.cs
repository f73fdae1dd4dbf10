using DiTask.Model.Checkpoints;
using DiTask.Model.Data;
using DiTask.Model.Training.Balancing;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Runs;

/// <summary>Everything that changes during a run: parameters, optimizer, averages, the balancing method's state, the position.</summary>
internal sealed class TrainingSession : IDisposable
{
    /// <summary>Updates in a row that may be left out before the run gives up.</summary>
    public const int MostSkipped = 5;

    private const string Average = "average/";

    private readonly RunConfig config;
    private readonly IBalancer balancer;
    private readonly OptimizerBuilder groups;
    private readonly OptimizerHelper optimizer;
    private readonly Penalties penalties;
    private readonly TrainingStep step;
    private readonly LearningRate rate;
    private readonly int batchesPerEpoch;
    private readonly Parameter[] parameters;

    /// <param name="config">The run.</param>
    /// <param name="network">What is trained, at its first values; owned.</param>
    /// <param name="tasks">Wire names in order.</param>
    /// <param name="batchesPerEpoch">Batches of a pass.</param>
    public TrainingSession(RunConfig config, TrainableNetwork network, IReadOnlyList<string> tasks, int batchesPerEpoch)
    {
        this.config = config;
        this.batchesPerEpoch = batchesPerEpoch;
        Network = network;
        balancer = config.Balancing.Create(tasks, LossWeights.Of(tasks, config.Losses), config.Seed);
        penalties = new Penalties(config.Penalties, network, config.Seed);
        groups = new OptimizerBuilder(config.Optimizer, network.Parameters, balancer.Parameters, config.Balancing.UncertaintyFactor);
        optimizer = groups.Build();
        step = new TrainingStep(config, network, balancer, penalties, tasks);
        rate = new LearningRate(config.Optimizer, config.Schedule, config.Batch * config.Accumulate);
        Averages = config.Ema is { } decay ? new MovingAverage(decay, network.Parameters) : null;
        Best = new BestScore(config.Validation.MinDelta, config.Validation.Patience);
        parameters = [.. network.Parameters.Select(parameter => parameter.Tensor)];
        Position = new RunPosition { LossSums = tasks.ToDictionary(task => task, _ => 0.0) };
    }

    /// <summary>The network.</summary>
    public TrainableNetwork Network { get; }

    /// <summary>The averaged parameters; null without.</summary>
    public MovingAverage? Averages { get; }

    /// <summary>The best evaluation so far.</summary>
    public BestScore Best { get; }

    /// <summary>How far the run is.</summary>
    public RunPosition Position { get; private set; }

    /// <summary>Trains on one batch, and changes the parameters when it completes a group of batches.</summary>
    /// <exception cref="TrainingException">Too many updates in a row had numbers that are not finite.</exception>
    public StepOutcome Train(Batch batch, Action<string> notice)
    {
        int first = Position.Batch - (Position.Batch % config.Accumulate);
        int members = Math.Min(config.Accumulate, batchesPerEpoch - first);
        using Statistics before = new(Network.Store);
        TrainingStep.Outcome outcome = step.Run(batch, Position, 1.0 / members);
        bool completes = Position.Batch + 1 == first + members;
        double learningRate = rate.At(Position.Epoch + ((double)first / batchesPerEpoch));
        double norm = double.NaN;
        bool isFinite = double.IsFinite(outcome.Total);
        if (completes && isFinite)
        {
            norm = Clip();
            isFinite = double.IsFinite(norm);
        }

        int skipped = Position.Skipped;
        if (!isFinite)
        {
            before.Restore();
            optimizer.zero_grad();
            skipped++;
            notice($"step {Position.Step}: {Culprits(outcome)} not finite; the update is left out. Pictures: {string.Join(", ", batch.Ids)}");
            if (skipped >= MostSkipped)
            {
                throw new TrainingException(
                    $"{skipped} updates in a row were not finite, the last because of {Culprits(outcome)} at step {Position.Step}. The last good checkpoint is kept; "
                    + "try a lower optimizer.learning_rate, or look at the pictures that the log names.");
            }
        }
        else if (completes)
        {
            Update(learningRate);
            skipped = 0;
        }

        Advance(outcome, completes && isFinite, skipped);
        return new StepOutcome(outcome.Losses, outcome.Weights, outcome.Total, learningRate, norm, completes && isFinite);
    }

    /// <summary>Losses of a batch without training, and its logits.</summary>
    public (IReadOnlyDictionary<string, double> Losses, IReadOnlyDictionary<string, float[]> Logits) Evaluate(Batch batch) => step.Evaluate(batch);

    /// <summary>Ends the pass: tells the balancing method the mean losses.</summary>
    public void EndEpoch()
    {
        balancer.EndEpoch(Position.LossSums.ToDictionary(task => task.Key, task => task.Value / batchesPerEpoch));
        Position = Position with { Epoch = Position.Epoch + 1, Batch = 0, LossSums = Position.LossSums.ToDictionary(task => task.Key, _ => 0.0) };
    }

    /// <summary>Nothing is left to do.</summary>
    public void Complete() => Position = Position with { IsComplete = true };

    /// <summary>Writes the state.</summary>
    public void Save(CheckpointFolder folder)
    {
        List<HostTensor> tensors = [.. Network.Parameters.Select(parameter => ParameterStore.Download(parameter.Key, parameter.Tensor))];
        tensors.AddRange(Network.Store.Statistics.Select(pair => ParameterStore.Download(pair.Key, pair.Value)));
        tensors.AddRange(Averages?.Averages.Select(pair => ParameterStore.Download(Average + pair.Key, pair.Value)) ?? []);
        tensors.AddRange(OptimizerState.Tensors(optimizer));
        folder.Write(
            Position with
            {
                Balancer = balancer.Save(),
                OptimizerSteps = OptimizerState.Steps(optimizer),
                BestScore = Best.Score,
                BestEpoch = Best.Epoch,
                Waited = Best.Waited,
            },
            tensors);
    }

    /// <summary>Takes back a saved state.</summary>
    /// <exception cref="TrainingException">It is of another run.</exception>
    public void Restore(SavedRun saved)
    {
        using CheckpointFile file = CheckpointFile.Open(saved.TensorFile);
        Dictionary<string, HostTensor> memory = [];
        try
        {
            foreach ((string key, StoredTensor tensor) in file.Tensors)
            {
                int[] shape = [.. tensor.Shape];
                if (OptimizerState.Owns(key))
                {
                    memory[key] = new HostTensor(key, shape, tensor.ReadSingles());
                }
                else if (key.StartsWith(Average, StringComparison.Ordinal))
                {
                    (Averages ?? throw new ArgumentException("it has averages, the configuration no 'ema'")).Restore(new HostTensor(key[Average.Length..], shape, tensor.ReadSingles()));
                }
                else
                {
                    Network.Store.Overwrite(new HostTensor(key, shape, tensor.ReadSingles()));
                }
            }

            OptimizerState.Restore(optimizer, saved.Position.OptimizerSteps, memory);
            balancer.Restore(saved.Position.Balancer);
        }
        catch (Exception error) when (error is ArgumentException or KeyNotFoundException)
        {
            throw new TrainingException($"The checkpoint does not fit the configuration: {error.Message}", error);
        }

        if (saved.Position.Batch > batchesPerEpoch)
        {
            throw new TrainingException(
                $"The checkpoint is after batch {saved.Position.Batch} of an epoch that now has {batchesPerEpoch}; a run goes on with the pictures and the batch that it began with.");
        }

        Best.Restore(saved.Position.BestScore, saved.Position.BestEpoch, saved.Position.Waited);
        Position = saved.Position with { IsComplete = saved.Position.IsComplete && (Best.IsOver || saved.Position.Epoch >= config.Schedule.Epochs) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        penalties.Dispose();
        Averages?.Dispose();
        optimizer.Dispose();
        balancer.Dispose();
        Network.Dispose();
    }

    private double Clip() => nn.utils.clip_grad_norm_(
        parameters.Where(parameter => parameter.grad is not null), config.Optimizer.Clip > 0 ? config.Optimizer.Clip : double.MaxValue);

    private void Update(double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable gradients = no_grad();
        foreach ((optim.ILearningRateController group, OptimizerBuilder.Group described) in optimizer.ParamGroups.Zip(groups.Groups))
        {
            group.LearningRate = learningRate * described.Factor;
        }

        optimizer.step();
        optimizer.zero_grad();
        Averages?.Update(Position.Update);
    }

    private void Advance(TrainingStep.Outcome outcome, bool updated, int skipped) => Position = Position with
    {
        Batch = Position.Batch + 1,
        Step = Position.Step + 1,
        Update = Position.Update + (updated ? 1 : 0),
        Skipped = skipped,
        LossSums = Position.LossSums.ToDictionary(task => task.Key, task => task.Value + (double.IsFinite(outcome.Losses[task.Key]) ? outcome.Losses[task.Key] : 0)),
    };

    private static string Culprits(TrainingStep.Outcome outcome)
    {
        string[] tasks = [.. outcome.Losses.Where(loss => !double.IsFinite(loss.Value)).Select(loss => loss.Key)];
        return tasks.Length == 0 ? "a gradient" : $"the loss of {string.Join(", ", tasks)}";
    }

    // A picture that is not finite would spoil the running statistics for good.
    private sealed class Statistics(ParameterStore store) : IDisposable
    {
        private readonly Dictionary<string, Tensor> copies = store.Statistics.ToDictionary(pair => pair.Key, pair => pair.Value.clone().DetachFromDisposeScope());

        public void Restore()
        {
            using IDisposable gradients = no_grad();
            foreach ((string key, Tensor copy) in copies)
            {
                store.Statistics[key].copy_(copy);
            }
        }

        public void Dispose()
        {
            foreach (Tensor copy in copies.Values)
            {
                copy.Dispose();
            }
        }
    }
}
