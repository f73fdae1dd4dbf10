using DiTask.Model.Data;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Affinity;

/// <summary>A few more steps from a checkpoint for one task alone: the shared parameters and its own are trained, the other heads are frozen.</summary>
/// <remarks>
/// Nothing is dropped out, statistics stay, nothing decays: whatever moves is the task's gradient, and at rate 0 nothing moves at all.
/// </remarks>
internal sealed class OneTaskTraining(TrainableNetwork network, TaskRunner runner, IReadOnlyList<double> weights, OptimizerConfig optimizer)
{
    private readonly OptimizerConfig plain = optimizer with { WeightDecay = 0, AdapterDecay = 0 };

    /// <summary>Trains the task <paramref name="task"/>, by index.</summary>
    public void Run(int task, IEnumerable<Batch> batches)
    {
        string name = runner.Tasks[task];
        TrainedParameter[] members = [.. network.Parameters.Where(parameter => parameter.Task is null || parameter.Task == name)];
        OptimizerBuilder groups = new(plain, members, [], 1);
        using OptimizerHelper helper = groups.Build();
        Parameter[] parameters = [.. members.Select(member => member.Tensor)];
        foreach (Batch batch in batches)
        {
            using DisposeScope scope = NewDisposeScope();
            runner.Losses(batch)[task].mul(weights[task]).backward();
            nn.utils.clip_grad_norm_(parameters.Where(parameter => parameter.grad is not null), plain.Clip > 0 ? plain.Clip : double.MaxValue);
            using IDisposable off = no_grad();
            foreach ((optim.ILearningRateController group, OptimizerBuilder.Group described) in helper.ParamGroups.Zip(groups.Groups))
            {
                group.LearningRate = plain.LearningRate * described.Factor;
            }

            helper.step();
            helper.zero_grad();
        }
    }
}
