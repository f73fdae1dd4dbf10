using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Compat.Tests.TorchSharp;

public class FunctionalTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Linear_IsProductWithTransposedWeightPlusBias()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 2], [1, 2]);
        Tensor weight = tensor([1.0, 10, 2, 20, 3, 30], [3, 2]);

        Equal([21, 42, 63], functional.linear(x, weight));
        Equal([22, 41, 63], functional.linear(x, weight, tensor([1.0, -1, 0])));
    }

    [Fact]
    public void LayerNorm_MatchesFormula()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 2, 4, -3], [2, 2]);
        double[] half = [0.5 / Math.Sqrt(0.25 + 1e-5), 3.5 / Math.Sqrt(12.25 + 1e-5)];

        Tensor y = functional.layer_norm(x, [2], tensor([2.0, 3]), tensor([1.0, -1]));

        Equal([1 - (2 * half[0]), -1 + (3 * half[0]), 1 + (2 * half[1]), -1 - (3 * half[1])], y);
    }

    [Fact]
    public void BatchNorm_Inference_UsesStoredStatistics()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 3, 10, 20], [1, 2, 1, 2]);

        Tensor y = functional.batch_norm(x, tensor([1.0, 10]), tensor([4.0, 25]), tensor([2.0, 1]), tensor([0.5, 0]));

        Equal([0.5, 0.5 + (4 / Math.Sqrt(4 + 1e-5)), 0, 10 / Math.Sqrt(25 + 1e-5)], y);
    }

    [Fact]
    public void Gelu_IsXTimesNormalDistribution()
    {
        using DisposeScope scope = NewDisposeScope();

        Equal([0, 0.8413447460685429, -0.15865525393145707], functional.gelu(tensor([0.0, 1, -1])));
    }

    [Fact]
    public void Softmax_LastAxis_SumsToOne()
    {
        using DisposeScope scope = NewDisposeScope();
        double sum = Math.Exp(1) + Math.Exp(2);

        Equal([Math.Exp(1) / sum, Math.Exp(2) / sum], functional.softmax(tensor([1001.0, 1002]), -1));
    }

    [Fact]
    public void Relu_InPlace_ChangesItsInput()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([-1.0, 2]);

        Equal([0, 2], functional.relu(x));
        Equal([-1, 2], x);
        Equal([0, 2], functional.relu(x, inplace: true));
        Equal([0, 2], x);
    }

    [Fact]
    public void Conv2d_StrideTwo_MatchesHandComputation()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(16, dtype: float64).reshape(1, 1, 4, 4);
        Tensor weight = tensor([1.0, 0, 0, -1], [1, 1, 2, 2]);

        Equal([-4, -4, -4, -4], functional.conv2d(x, weight, tensor([1.0]), strides: [2, 2]));
        Assert.Equal([1, 1, 5, 5], functional.conv2d(x, weight, padding: [1]).shape);
    }

    [Fact]
    public void Interpolate_BilinearHalfPixel_MatchesHandComputation()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([0.0, 1], [1, 1, 1, 2]);

        Equal([0, 0.25, 0.75, 1], functional.interpolate(x, size: [1, 4], mode: InterpolationMode.Bilinear, align_corners: false));
        Equal([0, 1.0 / 3, 2.0 / 3, 1], functional.interpolate(x, size: [1, 4], mode: InterpolationMode.Bilinear, align_corners: true));
        Equal([0, 0, 1, 1], functional.interpolate(x, size: [1, 4]));
    }

    private static void Equal(double[] expected, Tensor actual) =>
        Assert.Equal(expected, actual.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < Tolerance);
}
