using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Balancing;

/// <summary>Uncertainty weighting: each task has a trained s = ln sigma^2, which divides its loss by sigma^2 and pays s/2 for it.</summary>
/// <remarks>
/// The total goes below 0 once losses are small, because ln sigma does; that is right, and the raw losses say how training goes. s stays within 10
/// of 0. A task that costs exactly 0 (a batch without its labels) leaves its s alone. <b>Source:</b> Kendall, Gal, Cipolla, CVPR 2018.
/// </remarks>
internal sealed class UncertaintyBalancer : IBalancer
{
    private const double Limit = 10;
    private const string StateName = "log_variance";

    private readonly RunTasks tasks;
    private readonly UncertaintyForm form;
    private readonly Parameter logVariance;

    public UncertaintyBalancer(RunTasks tasks, UncertaintyForm form, double initial)
    {
        this.tasks = tasks;
        this.form = form;
        logVariance = new Parameter(full(tasks.Count, initial, float32));
        logVariance.DetachFromDisposeScope();
    }

    public IReadOnlyList<Parameter> Parameters => [logVariance];

    public IReadOnlyDictionary<string, double> Backward(BalancingStep step)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] losses = tasks.Losses(step);
        double[] values = tasks.Values(losses);
        Clamp();

        // The parameter stays on the cpu; its few numbers travel, and so do their gradients.
        Tensor s = logVariance.to(losses[0].device);
        Tensor total = zeros([], losses[0].dtype, losses[0].device);
        for (int i = 0; i < losses.Length; i++)
        {
            Tensor own = s.select(0, i);
            total += losses[i] * (tasks.Weights[i] * Half(i)) * own.neg().exp();
            if (values[i] != 0)
            {
                total += form == UncertaintyForm.Positive ? own.exp().log1p() : own / 2;
            }
        }

        (total * step.Scale).backward();
        return tasks.Effective([.. Values().Select((value, i) => Half(i) * Math.Exp(-value))]);
    }

    public void EndEpoch(IReadOnlyDictionary<string, double> meanLosses)
    {
    }

    public IReadOnlyDictionary<string, double[]> Save() => new Dictionary<string, double[]> { [StateName] = Values() };

    public void Restore(IReadOnlyDictionary<string, double[]> state)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable gradients = no_grad();
        logVariance.copy_(tensor(state.Array(StateName, tasks.Count)));
    }

    public void Dispose() => logVariance.Dispose();

    // The optimizer may have carried s over the limit since the last step; a clamp inside the graph would leave it there for good.
    private void Clamp()
    {
        using IDisposable gradients = no_grad();
        logVariance.copy_(logVariance.clamp(-Limit, Limit));
    }

    private double Half(int task) =>
        form == UncertaintyForm.ByTask && tasks.Names[task] is not ("normals" or "depth") ? 1 : 0.5;

    private double[] Values()
    {
        using DisposeScope scope = NewDisposeScope();
        return logVariance.detach().to(float64).data<double>().ToArray();
    }
}
