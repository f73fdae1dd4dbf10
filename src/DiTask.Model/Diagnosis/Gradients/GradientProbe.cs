using DiTask.Model.Training.Balancing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Gradients;

/// <summary>Takes the gradient of every task's weighted loss in the shared parameters; nothing is changed.</summary>
/// <param name="shared">The shared parameters in order.</param>
/// <param name="groups">Stretches of them to look at.</param>
/// <param name="own">The decoder parameters of each task.</param>
/// <param name="weights">What each loss is multiplied by.</param>
internal sealed class GradientProbe(
    IReadOnlyList<Parameter> shared, IReadOnlyList<ParameterGroup> groups, IReadOnlyList<IReadOnlyList<Parameter>> own, IReadOnlyList<double> weights)
{
    /// <summary>Measures one batch.</summary>
    /// <param name="losses">The raw losses of a forward pass, in order.</param>
    /// <param name="gradients">The flat gradients [P] of the tasks; they belong to the caller's dispose scope.</param>
    public GradientSample Measure(IReadOnlyList<Tensor> losses, out IReadOnlyList<Tensor> gradients)
    {
        FlatGradients flat = new(shared);
        Tensor[] vectors = new Tensor[losses.Count];
        double[] norms = new double[losses.Count];
        for (int task = 0; task < losses.Count; task++)
        {
            losses[task].mul(weights[task]).backward(retain_graph: task < losses.Count - 1);
            vectors[task] = flat.Take();
            norms[task] = TakeNorm(own[task]);
        }

        flat.Put(null);
        gradients = vectors;
        using IDisposable off = no_grad();
        return new GradientSample(
            [.. groups.Select(group => Products(vectors, group))],
            [.. groups.Select(group => Array.ConvertAll(vectors, vector => Participation(vector.narrow(0, group.Start, group.Count))))],
            norms,
            [.. losses.Select(loss => loss.to(float64).item<double>())]);
    }

    /// <summary>(sum g^2)^2 / sum g^4; 0 of a gradient that is 0.</summary>
    public static double Participation(Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor squares = gradient.to(float64).pow(2);
        double energy = squares.sum().item<double>();
        return energy == 0 ? 0 : energy * energy / squares.pow(2).sum().item<double>();
    }

    private static double[,] Products(Tensor[] vectors, ParameterGroup group)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = stack([.. vectors.Select(vector => vector.narrow(0, group.Start, group.Count).to(float64))]);
        double[] values = rows.matmul(rows.transpose(0, 1)).to(CPU).contiguous().data<double>().ToArray();
        double[,] result = new double[vectors.Length, vectors.Length];
        Buffer.BlockCopy(values, 0, result, 0, values.Length * sizeof(double));
        return result;
    }

    private static double TakeNorm(IReadOnlyList<Parameter> parameters)
    {
        using IDisposable off = no_grad();
        double sum = 0;
        foreach (Parameter parameter in parameters.Where(parameter => parameter.grad is not null))
        {
            using DisposeScope scope = NewDisposeScope();
            sum += parameter.grad!.to(float64).pow(2).sum().item<double>();
            parameter.grad = null;
        }

        return Math.Sqrt(sum);
    }
}
