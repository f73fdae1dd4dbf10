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
        Equal([4, 8], x.div_(one));
        Equal([2, 4], x.div_(2));
        Equal([4, 16], x.pow_(2));
        Equal([2, 4], x.sqrt_());
        Equal([-2, -4], x.neg_());
        Equal([2, 4], x.abs_());
        Equal([0.5, 0.25], x.reciprocal_());
        Equal([2, 4], x.pow_(tensor([-1.0, -1])));
        Equal([2, 3], x.clamp_(max: 3));
        Equal([2, 3], x.log_().exp_());
        Equal([1.5, 2.5], x.lerp_(one, tensor([0.5, 0.5])));
        Equal([2.5, 6.5], x.addcmul_(one, one, 1));
        Equal([3, 7], x.addcdiv_(one, one, 0.5));
        Equal([0, 0], x.zero_());
        Equal([0.5, 0.5], x.sigmoid_());
        Equal([1, 2], x.copy_(one));
        Equal([0, 2], x.sub_(1.5).relu_().mul_(4));
    }

    [Fact]
    public void Combined_MatchTheirFormulas()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 4]);
        Tensor y = tensor([2.0, 8]);

        Equal([2, 20], x.addcmul(x, y, 0.5));
        Equal([2, 5], x.addcdiv(x, y, 2));
        Equal([1.25, 5], x.lerp(y, tensor([0.25, 0.25])));
        Equal([-1, 0, 1], tensor([-3.0, 0, 7]).sign());
        Equal([Math.Log(2), Math.Log(5)], x.log1p());
        Equal([Math.E - 1, Math.Exp(4) - 1], x.expm1());
        Equal([Math.Atan2(1, 2), Math.Atan2(4, 8)], x.atan2(y));
        Equal([Math.Acos(0.5)], tensor([0.5]).acos());
        Equal([1, 2, -1], tensor([0.5, 1.5, -1.5]).ceil());
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
        Is([false, true, false], (a >= 2).logical_and(b >= 2));
        Is([true, true, true], (a >= 2).logical_or(b >= 2));
        Is([true, false, true], (a >= 2).logical_xor(b >= 2));
        Is([true, false, false], (a >= 2).logical_not());
        Is([false, true, false], tensor([1.0, double.NaN, double.PositiveInfinity]).isnan());
        Is([false, false, true], tensor([1.0, double.NaN, double.PositiveInfinity]).isinf());
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
    public void Masks_SelectAndFill()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 2, 3]);
        Tensor mask = tensor([true, false, true]);

        Equal([1, 3], x.masked_select(mask));
        Equal([9, 2, 9], x.masked_fill(mask, 9));
        Equal([1, 2, 3], x);
        Equal([9, 2, 9], x.masked_fill_(mask, 9));
        Equal([9, -1, 9], where(mask, x, tensor(-1.0)));
        Assert.Throws<ArgumentException>(() => where(x, x, x));
        Assert.Equal([0L, 2], mask.nonzero().flatten().data<long>().ToArray());
    }

    [Fact]
    public void Indices_GatherAndScatter()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 2, 3, 4], [2, 2]);
        Tensor index = tensor([1L, 0], [2, 1]);

        Equal([2, 3], x.gather(1, index));
        Equal([1, 9, 9, 4], x.scatter(1, index, full(2, 1, 9, dtype: float64)));
        Equal([1, 3, 4, 4], x.scatter_add(1, index, ones(2, 1, dtype: float64)));
        Equal([3, 4, 3, 4], x.index_add(0, tensor([0L]), tensor([1.0, 1], [1, 2]), 2));
        Equal([1, 2, 3, 4], x);
        Equal([1, 9, 9, 4], x.scatter_(1, index, full(2, 1, 9, dtype: float64)));
        Equal([1, 10, 10, 4], x.scatter_add_(1, index, ones(2, 1, dtype: float64)));
        Equal([1, 10, 15, 9], x.index_add_(0, tensor([1L]), tensor([5.0, 5], [1, 2]), 1));
        Assert.Equal([0L, 1, 0, 1, 0, 0], functional.one_hot(tensor([1L, 0]), 3).data<long>().ToArray());
    }

    [Fact]
    public void Reductions_NormsAndSums()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([3.0, 4, 6, 8], [2, 2]);

        Assert.Equal(Math.Sqrt(125), x.norm().item<double>(), Tolerance);
        Equal([5, 10], x.norm(1));
        Equal([7, 14], x.norm(1, p: 1));
        Equal([5, 10], linalg.vector_norm(x, 2, [1]));
        Assert.Equal(8, linalg.vector_norm(x, double.PositiveInfinity).item<double>());
        Equal([3, 7, 6, 14], x.cumsum(1));
        Equal([6, 8], x.amax(0));
        Equal([3, 6], x.amin([1]));
        Equal([0.5, 2], x.var(1));
        Equal([0.25, 1], x.var(1, unbiased: false));
        Assert.Equal(Math.Log(Math.Exp(3) + Math.Exp(4)), x.logsumexp(1).select(0, 0).item<double>(), Tolerance);
        Assert.Equal([0L, 2, 1], bincount(tensor([1L, 2, 1])).data<long>().ToArray());
        Equal([3, 0, 6, 8], x.tril());
        Equal([3, 4, 0, 8], x.triu());
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
        Equal([13], bmm(a.reshape(1, 1, 2), b.reshape(1, 2, 1)));
        Equal([3, 10], einsum("i,i->i", a, b));
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
        Assert.Equal(float32, empty_like(x, dtype: float32).dtype);
        Assert.Equal([2, 3], rand_like(x).shape);
        Assert.Equal([2, 3], randn_like(x, requires_grad: true).shape);
        Equal([0, 0.5, 1], linspace(0, 1, 3, dtype: float64));
    }

    [Fact]
    public void Layers_PoolPadAndTranspose()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(16, dtype: float64).reshape(1, 1, 4, 4);

        Equal([2.5, 4.5, 10.5, 12.5], functional.avg_pool2d(x, 2));
        Equal([5, 7, 13, 15], functional.max_pool2d(x, 2));
        Equal([7.5], functional.adaptive_avg_pool2d(x, 1));
        Equal([2.5, 4.5, 10.5, 12.5], functional.adaptive_avg_pool2d(x, [2, 2]));
        Equal([1, 0, 1, 2, 3, 2], functional.pad(x.narrow(2, 0, 1), [1, 1, 0, 0], PaddingModes.Reflect));
        Equal([9, 0, 1, 2, 3, 9], functional.pad(x.narrow(2, 0, 1), [1, 1], value: 9));
        Equal([0, 0, 0, 1], functional.conv_transpose2d(tensor([0.0, 1], [1, 1, 1, 2]), tensor([0.0, 1], [1, 1, 1, 2]), strides: [1, 2]));
        Equal([0.6, 0.8], functional.normalize(tensor([3.0, 4], [1, 2])));
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, 0.04)]
    [InlineData(ScalarType.Float16, 0.01)]
    public void HalfPrecision_ConvertsAndComputes(ScalarType type, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(11);
        Tensor x = randn([4, 8], generator: generator);
        Tensor weight = randn([8, 8], generator: generator, requires_grad: true);

        Tensor half = x.to(type);
        Assert.Equal(type, half.dtype);
        Assert.Equal(2, half.element_size());
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
            cuda.synchronize();
            return;
        }

        Assert.Equal(0, cuda.device_count());
        Assert.Throws<ExternalException>(() => cuda.synchronize());
        Assert.Throws<ExternalException>(() => ones(1, device: "cuda:0"));
        Assert.Equal("cpu", ones(1, device: "cpu").device.ToString());
    }

    private static void Close(Tensor expected, Tensor actual, double tolerance) =>
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, tolerance);

    private static void Is(bool[] expected, Tensor actual) => Assert.Equal(expected, actual.data<bool>().ToArray());

    private static void Equal(double[] expected, Tensor actual) =>
        Assert.Equal(expected, actual.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < Tolerance);
}
