using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Compat.Tests.TorchSharp;

public class LossTests
{
    private const double Tolerance = 1e-12;

    private static readonly double[] Logits = [1, 2, 0.5, -1, 0, 3];

    [Fact]
    public void CrossEntropy_IsTheMeanOverLabelledRows()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(Logits, [2, 3]);
        double first = LogSum(1, 2, 0.5) - 2;
        double second = LogSum(-1, 0, 3) + 1;

        Equal((first + second) / 2, functional.cross_entropy(x, tensor([1L, 0])));
        Equal(first + second, functional.cross_entropy(x, tensor([1L, 0]), reduction: Reduction.Sum));
        Equal(first, functional.cross_entropy(x, tensor([1L, 255]), ignore_index: 255));
        Equal(((2 * first) + (3 * second)) / 5, functional.cross_entropy(x, tensor([1L, 0]), weight: tensor([3.0, 2, 1])));
        Assert.Equal([2], functional.cross_entropy(x, tensor([1L, 0]), reduction: Reduction.None).shape);
    }

    [Fact]
    public void CrossEntropy_Smoothing_MixesInTheMeanOverClasses()
    {
        using DisposeScope scope = NewDisposeScope();
        double mean = LogSum(1, 2, 0.5) - (3.5 / 3);

        Equal((0.9 * (LogSum(1, 2, 0.5) - 2)) + (0.1 * mean), functional.cross_entropy(tensor([1.0, 2, 0.5], [1, 3]), tensor([1L]), label_smoothing: 0.1));
    }

    [Fact]
    public void CrossEntropy_EveryRowIgnored_IsNaN()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.True(double.IsNaN(functional.cross_entropy(tensor(Logits, [2, 3]), tensor([255L, 255]), ignore_index: 255).item<double>()));
    }

    [Fact]
    public void BinaryCrossEntropy_WithLogits_WeighsPositives()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([0.5, -2]);
        Tensor labels = tensor([1.0, 0]);
        double first = Math.Log(1 + Math.Exp(-0.5));
        double second = Math.Log(1 + Math.Exp(-2));

        Equal((first + second) / 2, functional.binary_cross_entropy_with_logits(x, labels));
        Equal(((3 * first) + second) / 2, functional.binary_cross_entropy_with_logits(x, labels, pos_weights: tensor([3.0])));
        Equal((2 * first) + (5 * second), functional.binary_cross_entropy_with_logits(x, labels, tensor([2.0, 5]), Reduction.Sum));
    }

    private static double LogSum(params double[] values) => Math.Log(values.Sum(Math.Exp));

    private static void Equal(double expected, Tensor actual) => Assert.Equal(expected, actual.item<double>(), Tolerance);
}
