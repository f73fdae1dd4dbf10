using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Affinity;

/// <summary>What one step along one task's gradient does to the losses of all tasks: Z[i, j] = 1 - L_j(theta - rate g_i) / L_j(theta).</summary>
/// <remarks><b>Source:</b> task affinity groupings (Fifty et al., NeurIPS 2021). Positive: a step for task i helps task j.</remarks>
internal static class LookaheadProbe
{
    /// <summary>Measures one batch. The parameters are afterwards what they were, bit for bit.</summary>
    /// <param name="shared">The shared parameters.</param>
    /// <param name="gradients">Each task's gradient in them, flat [P].</param>
    /// <param name="before">The losses where the parameters are now.</param>
    /// <param name="losses">Gives the losses where the parameters are then.</param>
    /// <param name="rate">Length of the step over that of the gradient.</param>
    public static double[,] Measure(
        IReadOnlyList<Parameter> shared, IReadOnlyList<Tensor> gradients, IReadOnlyList<double> before, Func<IReadOnlyList<double>> losses, double rate)
    {
        using IDisposable off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] kept = [.. shared.Select(parameter => parameter.clone())];
        double[,] affinity = new double[gradients.Count, gradients.Count];
        for (int i = 0; i < gradients.Count; i++)
        {
            long start = 0;
            foreach ((Parameter parameter, Tensor first) in shared.Zip(kept))
            {
                Tensor gradient = gradients[i].narrow(0, start, parameter.numel()).reshape(parameter.shape).to(parameter.dtype);
                parameter.copy_(first.sub(gradient.mul(rate)));
                start += parameter.numel();
            }

            IReadOnlyList<double> after = losses();
            for (int j = 0; j < gradients.Count; j++)
            {
                affinity[i, j] = before[j] == 0 ? 0 : 1 - (after[j] / before[j]);
            }
        }

        foreach ((Parameter parameter, Tensor first) in shared.Zip(kept))
        {
            parameter.copy_(first);
        }

        return affinity;
    }
}
