using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Balancing;

/// <summary>
/// GradNorm: weights w (their sum is K) that bring the gradients' lengths at the last shared layer towards mean length x r_i^alpha, where r_i says how
/// far task i lags behind the others.
/// </summary>
/// <remarks>
/// The weights have a plain gradient step of their own after every optimizer step, over the mean of its micro-batches. A task whose loss is 0 or not
/// finite sits out. <b>Source:</b> Chen et al., ICML 2018.
/// </remarks>
internal sealed class GradNormBalancer(RunTasks tasks, double alpha, double learningRate, IReadOnlyDictionary<string, double> initialLosses) : IBalancer
{
    /// <summary>A step may not carry a weight to 0 or below: the task would be trained to fail.</summary>
    private const double SmallestWeight = 1e-3;

    private double[] weights = [.. Enumerable.Repeat(1.0, tasks.Count)];
    private double[] initial = tasks.Ordered(initialLosses, double.NaN);
    private double[] pending = new double[tasks.Count];
    private double microBatches;
    private double currentStep = -1;

    public IReadOnlyList<Parameter> Parameters => [];

    public IReadOnlyDictionary<string, double> Backward(BalancingStep step)
    {
        if (step.LastShared.Count == 0)
        {
            throw new ArgumentException("GradNorm measures gradients at the last shared layer; found no parameter of it that is trained.", nameof(step));
        }

        using DisposeScope scope = NewDisposeScope();
        if (step.Step != currentStep)
        {
            weights = Updated();
            Array.Clear(pending);
            microBatches = 0;
            currentStep = step.Step;
        }

        Tensor[] losses = tasks.Losses(step);
        double[] direction = GradNormStep.Direction(Norms(losses, step), weights, Progress(tasks.Values(losses)), alpha);
        pending = [.. pending.Zip(direction, (sum, value) => sum + value)];
        microBatches++;
        tasks.BackwardSum(losses, weights, step.Scale);
        return tasks.Effective(weights);
    }

    public void EndEpoch(IReadOnlyDictionary<string, double> meanLosses)
    {
    }

    public IReadOnlyDictionary<string, double[]> Save() => new Dictionary<string, double[]>
    {
        ["weights"] = [.. weights],
        ["initial"] = [.. initial],
        ["pending"] = [.. pending],
        ["micro_batches"] = [microBatches],
        ["step"] = [currentStep],
    };

    public void Restore(IReadOnlyDictionary<string, double[]> state)
    {
        weights = state.Array("weights", tasks.Count);
        initial = state.Array("initial", tasks.Count);
        pending = state.Array("pending", tasks.Count);
        microBatches = state.Number("micro_batches");
        currentStep = state.Number("step");
    }

    public void Dispose()
    {
    }

    private double[] Updated()
    {
        if (microBatches == 0)
        {
            return weights;
        }

        double[] moved = [.. weights.Zip(pending, (weight, sum) => Math.Max(SmallestWeight, weight - (learningRate * sum / microBatches)))];
        double total = moved.Sum();
        return [.. moved.Select(weight => weight * weights.Length / total)];
    }

    // L_i / L_i(0); NaN for a task that sits out.
    private double[] Progress(double[] values)
    {
        double[] raw = [.. values.Zip(tasks.Weights, (value, lambda) => value / lambda)];
        for (int i = 0; i < raw.Length; i++)
        {
            if (double.IsNaN(initial[i]) && raw[i] > 0 && double.IsFinite(raw[i]))
            {
                initial[i] = raw[i];
            }
        }

        return [.. raw.Zip(initial, (loss, first) => loss > 0 && double.IsFinite(loss) ? loss / first : double.NaN)];
    }

    // The length of each lambda_i L_i's gradient at the last shared layer.
    private double[] Norms(Tensor[] losses, BalancingStep step)
    {
        FlatGradients layer = new(step.LastShared);
        Tensor[] inputs = [.. step.LastShared];
        double[] norms = new double[losses.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            autograd.backward([losses[i] * (tasks.Weights[i] * step.Scale)], retain_graph: true, inputs: inputs);
            norms[i] = layer.Take().to(float64).norm().item<double>() / step.Scale;
        }

        layer.Put(null);
        return norms;
    }
}
