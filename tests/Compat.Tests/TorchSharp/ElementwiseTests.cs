using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Compat.Tests.TorchSharp;

public class ElementwiseTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void InPlace_ChangesAndAnswersTheSameTensor()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 4]);
        Tensor one = tensor([1.0, 2]);

        Assert.Same(x, x.add_(one));
        Equal([2, 6], x);
        Equal([3, 8], x.add_(one, 1).sub_(0.0));
        Equal([4, 9], x.add_(1));
        Equal([5, 10], x.add_(0.5, 2));
        Equal([4, 8], x.sub_(one));
        Equal([4, 16], x.mul_(one));
        Equal([5, 20], x.addcmul_(one, one, 1));
        Equal([5.5, 20.5], x.addcdiv_(one, one, 0.5));
        Equal([1, 2], x.copy_(one));
        Equal([2, 6], x.sub_(0.5).mul_(4));
        Equal([7, 7], x.fill_(7));
    }

    [Fact]
    public void Combined_MatchTheirFormulas()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 4]);

        Equal([-1, 0, 1], tensor([-3.0, 0, 7]).sign());
        Equal([Math.Log(2), Math.Log(5)], x.log1p());
        Equal([0, 2, -2], tensor([0.5, 1.5, -1.5]).round());
    }

    [Fact]
    public void Comparisons_AnswerBooleans()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor([1.0, 2, 3]);
        Tensor b = tensor([3.0, 2, 1]);

        Is([false, true, false], a == b);
        Is([true, false, true], a != b);
        Is([true, false, false], a < b);
        Is([true, true, false], a <= b);
        Is([false, false, true], a > b);
        Is([false, true, true], a >= b);
        Is([false, true, false], a == 2);
        Is([true, false, true], a.ne(2));
        Is([false, false, true], a > 2);
        Is([true, true, false], 2 >= a);
        Is([false, false, true], 2 < a);
    }

    [Fact]
    public void Equals_ComparesValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor([1.0, 2]);

        Assert.True(a.Equals(tensor([1.0, 2])));
        Assert.False(a.Equals(tensor([1.0, 3])));
        Assert.False(a.Equals(tensor([1.0])));
        Assert.False(a!.Equals((object)"tensor"));
    }

    [Fact]
    public void AnyAndAll_OverEverythingOrAnAxis()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([true, false, true, true], [2, 2]);

        Assert.True(x.any().item<bool>());
        Assert.False(x.all().item<bool>());
        Is([true, true], x.any(1));
        Is([false, true], x.all(1));
    }

    [Fact]
    public void Masks_Select()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 2, 3]);
        Tensor mask = tensor([true, false, true]);

        Equal([1, 3], x.masked_select(mask));
        Equal([1, 2, 3], x);
        Equal([1, -1, 3], where(mask, x, tensor(-1.0)));
        Assert.Throws<ArgumentException>(() => where(x, x, x));
    }

    [Fact]
    public void Reductions_NormsAndSums()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([3.0, 4, 6, 8], [2, 2]);

        Assert.Equal(Math.Sqrt(125), x.norm().item<double>(), Tolerance);
        Equal([5, 10], x.norm(1));
        Equal([7, 14], x.norm(1, p: 1));
        Equal([0.5, 2], x.var(1));
        Equal([0.25, 1], x.var(1, unbiased: false));
    }

    [Fact]
    public void Products_OfVectorsAndBatches()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor([1.0, 2]);
        Tensor b = tensor([3.0, 5]);

        Assert.Equal(13, dot(a, b).item<double>());
        Equal([3, 5, 6, 10], outer(a, b));
        Equal([7, 10, 15, 22], mm(tensor([1.0, 2, 3, 4], [2, 2]), tensor([1.0, 2, 3, 4], [2, 2])));
        Assert.Throws<ExternalException>(() => a.dot(ones(3, dtype: float64)));
    }

    [Fact]
    public void Likes_KeepTypeAndShape()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros(2, 3, dtype: float64);

        Equal([1, 1, 1, 1, 1, 1], ones_like(x));
        Equal([0, 0, 0, 0, 0, 0], ones_like(x).zeros_like());
        Equal([7, 7, 7, 7, 7, 7], full_like(x, 7));
        Equal([0, 0.5, 1], linspace(0, 1, 3, dtype: float64));
    }

    [Fact]
    public void Layers_PoolAndNormalize()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(16, dtype: float64).reshape(1, 1, 4, 4);

        Equal([2.5, 4.5, 10.5, 12.5], functional.avg_pool2d(x, 2));
        Equal([0.6, 0.8], functional.normalize(tensor([3.0, 4], [1, 2])));
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, 0.04)]
    [InlineData(ScalarType.Float16, 0.01)]
    public void HalfPrecision_ConvertsAndComputes(ScalarType type, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(11);
        Tensor x = rand([4, 8], generator: generator) - 0.5;
        Tensor weight = rand([8, 8], generator: generator, requires_grad: true);

        Tensor half = x.to(type);
        Assert.Equal(type, half.dtype);
        Close(x, half.to(float32), tolerance);
        if (type == ScalarType.Float16)
        {
            // libtorch 1.13 has no product of Float16 matrices on the cpu.
            return;
        }

        Tensor y = functional.linear(half, weight.to(type));
        Assert.Equal(type, y.dtype);
        Close(functional.linear(x, weight), y.to(float32), 8 * tolerance);
        Close(matmul(x, x.t()), matmul(half, half.t()).to(float32), 8 * tolerance);
        y.to(float32).sum().backward();
        Assert.Equal(float32, weight.grad!.dtype);
        Tensor image = x.reshape(1, 2, 4, 4);
        Tensor kernel = weight.detach().narrow(0, 0, 1).reshape(1, 2, 2, 2);
        Close(functional.conv2d(image, kernel), functional.conv2d(image.to(type), kernel.to(type)).to(float32), 8 * tolerance);
    }

    [Fact]
    public void Cuda_WithoutADevice_SaysSo()
    {
        if (cuda.is_available())
        {
            Assert.True(cuda.device_count() > 0);
            return;
        }

        Assert.Equal(0, cuda.device_count());
        Assert.Throws<ExternalException>(() => ones(1, device: "cuda:0"));
        Assert.Equal("cpu", ones(1, device: "cpu").device.ToString());
    }

    private static void Close(Tensor expected, Tensor actual, double tolerance) =>
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, tolerance);

    private static void Is(bool[] expected, Tensor actual) => Assert.Equal(expected, actual.data<bool>().ToArray());

    private static void Equal(double[] expected, Tensor actual) =>
        Assert.Equal(expected, actual.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < Tolerance);
}
