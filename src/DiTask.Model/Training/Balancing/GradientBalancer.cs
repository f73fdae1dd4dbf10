using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Balancing;

/// <summary>
/// Back-propagates task by task through the one stored forward pass and keeps of each pass only its gradient in the shared parameters, as a flat
/// vector; a rule combines those. Parameters of one task get that task's plain gradient.
/// </summary>
internal sealed class GradientBalancer(RunTasks tasks, IGradientRule rule) : IBalancer
{
    public IReadOnlyList<Parameter> Parameters => [];

    public IReadOnlyDictionary<string, double> Backward(BalancingStep step)
    {
        if (step.Shared.Count == 0)
        {
            throw new ArgumentException("Found no shared parameter that is trained: there are no gradients to combine.", nameof(step));
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor[] losses = tasks.Losses(step);
        FlatGradients shared = new(step.Shared);
        Tensor[] vectors = new Tensor[losses.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            (losses[i] * (tasks.Weights[i] * step.Scale)).backward(retain_graph: i < losses.Length - 1);
            vectors[i] = shared.Take();
        }

        using IDisposable gradients = no_grad();
        double[] coefficients = Coefficients(Gram(vectors), tasks.Values(losses), step.Step);
        Tensor sum = vectors[0] * coefficients[0];
        for (int i = 1; i < vectors.Length; i++)
        {
            sum += vectors[i] * coefficients[i];
        }

        shared.Put(sum);
        return tasks.Effective(coefficients);
    }

    public void EndEpoch(IReadOnlyDictionary<string, double> meanLosses)
    {
    }

    public IReadOnlyDictionary<string, double[]> Save() => BalancerState.Empty;

    public void Restore(IReadOnlyDictionary<string, double[]> state)
    {
    }

    public void Dispose()
    {
    }

    // Gradients that overflowed are added up as they are: whoever checks them afterwards must see it.
    private double[] Coefficients(double[,] gram, double[] losses, long step) =>
        gram.Cast<double>().All(double.IsFinite) ? rule.Coefficients(gram, losses, step) : [.. losses.Select(_ => 1.0)];

    private static double[,] Gram(Tensor[] vectors)
    {
        double[,] gram = new double[vectors.Length, vectors.Length];
        for (int i = 0; i < vectors.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                using DisposeScope scope = NewDisposeScope();
                gram[i, j] = gram[j, i] = vectors[i].mul(vectors[j]).sum(float64).item<double>();
            }
        }

        return gram;
    }
}
