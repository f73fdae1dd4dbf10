using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Balancing;

/// <summary>Back-propagates the sum of the losses once, each times the weight that a rule gives.</summary>
internal sealed class WeightedBalancer(RunTasks tasks, WeightRule rule) : IBalancer
{
    public IReadOnlyList<Parameter> Parameters => [];

    public IReadOnlyDictionary<string, double> Backward(BalancingStep step)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] losses = tasks.Losses(step);
        double[] factors = rule.Factors(tasks.Values(losses), step.Step);
        tasks.BackwardSum(losses, factors, step.Scale);
        return tasks.Effective(factors);
    }

    public void EndEpoch(IReadOnlyDictionary<string, double> meanLosses) => rule.EndEpoch(tasks.Ordered(meanLosses, double.NaN));

    public IReadOnlyDictionary<string, double[]> Save() => rule.Save();

    public void Restore(IReadOnlyDictionary<string, double[]> state) => rule.Restore(state);

    public void Dispose()
    {
    }
}
