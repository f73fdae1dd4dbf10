using DiTask.Model.Checkpoints;
using DiTask.Model.Cpab;
using DiTask.Model.Torch;
using DiTask.Model.Training.Adapters;
using DiTask.Model.Training.Network;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Training.Adapters;

/// <summary>The gradient that training follows, against differences of the weight itself.</summary>
public sealed class WarpAdapterTests
{
    private const float Step = 2e-3f;

    // Differences of float32 weights over this step; the Jacobian itself is compared in float64 elsewhere.
    private const double Tolerance = 1e-3;

    [Theory]
    [InlineData("index", 8, 6)]
    [InlineData("value", 8, 6)]
    [InlineData("value-wide", 8, 6)]
    [InlineData("index", 18, 6)]
    [InlineData("value", 6, 8)]
    public void Weight_GradientInTheta_MatchesCentralDifferences(string warp, int rows, int columns)
    {
        using DisposeScope scope = NewDisposeScope();
        Random random = new(3);
        float[] weight = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)(random.NextDouble() - 0.5))];
        float[] slopes = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)(random.NextDouble() - 0.5))];
        Parameter theta = new(tensor(new[] { 0.31f, -0.52f, 0.83f }, [1, 3]));
        using SpectralWeight decomposed = SpectralWeight.Decompose(new HostTensor("w", [rows, columns], weight));
        using SpectralFactors factors = new(decomposed, CPU);
        WarpAdapter adapter = new(tensor(weight, [rows, columns]), factors, SpectrumWarps.ByName(warp), [new TrainedParameter("theta", theta, ParameterRole.Theta, null)]);
        Tensor direction = tensor(slopes, [rows, columns]);

        adapter.Weight(null).mul(direction).sum().backward();

        float[] gradient = theta.grad!.data<float>().ToArray();
        Assert.Contains(gradient, value => Math.Abs(value) > 20 * Tolerance);
        for (int k = 0; k < gradient.Length; k++)
        {
            Assert.Equal((Moved(k, Step) - Moved(k, -Step)) / (2 * Step), gradient[k], Tolerance);
        }

        double Moved(int element, float step)
        {
            using IDisposable gradients = no_grad();
            theta.narrow(1, element, 1).add_(step);
            double value = adapter.Weight(null).mul(direction).sum(ScalarType.Float64).item<double>();
            theta.narrow(1, element, 1).sub_(step);
            return value;
        }
    }

    [Theory]
    [InlineData("index")]
    [InlineData("value")]
    [InlineData("value-wide")]
    public void Weight_ThetaIsZero_IsTheFrozenWeightAndStillHasAGradient(string warp)
    {
        using DisposeScope scope = NewDisposeScope();
        Random random = new(4);
        float[] weight = [.. Enumerable.Range(0, 30).Select(_ => (float)random.NextDouble())];
        Parameter theta = new(zeros(1, 7));
        using SpectralWeight decomposed = SpectralWeight.Decompose(new HostTensor("w", [6, 5], weight));
        using SpectralFactors factors = new(decomposed, CPU);
        WarpAdapter adapter = new(tensor(weight, [6, 5]), factors, SpectrumWarps.ByName(warp), [new TrainedParameter("theta", theta, ParameterRole.Theta, null)]);

        Tensor made = adapter.Weight(null);
        made.sum().backward();

        Assert.All(weight.Zip(made.detach().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Contains(theta.grad!.data<float>().ToArray(), value => Math.Abs(value) > 1e-4);
    }
}
