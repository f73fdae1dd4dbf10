using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.TorchSharp;

public class TensorMathTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Operators_MixTensorsAndNumbers()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor([1.0, 2, 4]);
        Tensor b = tensor([3.0, 5, 8]);

        Equal([4, 7, 12], a + b);
        Equal([2, 3, 4], b - a);
        Equal([3, 10, 32], a * b);
        Equal([3, 2.5, 2], b / a);
        Equal([2, 3, 5], a + 1);
        Equal([9, 8, 6], 10 - a);
        Equal([0.5, 1, 2], a * 0.5);
        Equal([4, 2, 1], 4 / a);
        Equal([7, 12, 20], a.add(b, 2));
    }

    [Fact]
    public void Add_IntegerTensorAndReal_BecomesReal()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal(int64, (arange(2) + 1).dtype);
        Assert.Equal(float32, (arange(2) + 0.5).dtype);
    }

    [Fact]
    public void Functions_MatchSystemMath()
    {
        using DisposeScope scope = NewDisposeScope();
        double[] x = [0.25, 1, 2.5];
        Tensor t = tensor(x);

        Equal(x.Select(Math.Exp), t.exp());
        Equal(x.Select(value => Math.Log(value)), t.log());
        Equal(x.Select(Math.Sqrt), t.sqrt());
        Equal(x.Select(Math.Tanh), t.tanh());
        Equal(x.Select(value => 1 / value), t.reciprocal());
        Equal(x.Select(value => 1 / Math.Sqrt(value)), t.rsqrt());
        Equal(x.Select(value => 1 / (1 + Math.Exp(-value))), t.sigmoid());
        Equal(x.Select(value => -value), t.neg());
        Equal(x, t.neg().abs());
        Equal(x.Select(value => Math.Floor(value)), t.floor());
        Equal(x.Select(value => value * value * value), t.pow(3));
        Equal(x.Select(value => value * value), t.square());
        Equal([0.5, 1, 2], t.clamp(0.5, 2));
        Equal([0.25, 1, 2], t.clamp(max: 2));
        Equal([0, 1, 2.5], (t - 1).relu() + tensor([0.0, 1, 1]));
    }

    [Fact]
    public void Reductions_AllAndPerAxis()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 5, 3, 4, 2, 6], [2, 3]);

        Assert.Equal(21, x.sum().item<double>());
        Assert.Equal(3.5, x.mean().item<double>());
        Assert.Equal(6, x.max().item<double>());
        Assert.Equal(1, x.min().item<double>());
        Equal([9, 12], x.sum(1));
        Equal([2.5, 3.5, 4.5], x.mean([0]));
        Assert.Equal([2, 1], x.sum([1L], keepdim: true).shape);
        (Tensor values, Tensor indexes) = x.max(1);
        Equal([5, 6], values);
        Assert.Equal([1L, 2], indexes.data<long>().ToArray());
        Equal([1, 2], x.min(1).values);
        Assert.True(x.isfinite().all().item<bool>());
    }

    [Fact]
    public void MatMul_BroadcastsLeadingAxes()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = arange(8, dtype: float64).reshape(2, 2, 2);
        Tensor b = tensor([1.0, 2, 3, 4], [2, 2]);

        Equal([3, 4, 11, 16, 19, 28, 27, 40], matmul(a, b));
    }

    [Fact]
    public void AllClose_WithinTolerance_IsTrue()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(3);

        Assert.True(x.allclose(x + 1e-6, atol: 1e-5));
        Assert.False(x.allclose(x + 1e-3));
    }

    private static void Equal(IEnumerable<double> expected, Tensor actual) =>
        Assert.Equal(expected.ToArray(), actual.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < Tolerance);
}
