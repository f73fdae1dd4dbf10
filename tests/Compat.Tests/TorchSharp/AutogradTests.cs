using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Compat.Tests.TorchSharp;

public class AutogradTests
{
    private const double Step = 1e-6;
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Functions => [.. Cases.Keys];

    private static Dictionary<string, Func<Tensor, Tensor>> Cases { get; } = new()
    {
        ["square"] = x => x.square(),
        ["exp, log1p, sqrt"] = x => x.exp().log1p().sqrt(),
        ["sin, cos"] = x => x.sin() / (x.cos() + 2),
        ["sigmoid, tanh"] = x => x.sigmoid() * x.tanh(),
        ["gelu"] = x => functional.gelu(x),
        ["softmax"] = x => functional.softmax(x.reshape(2, 3), 1).square(),
        ["norm"] = x => x.norm() + x.reshape(2, 3).norm(1).sum(),
        ["normalize"] = x => functional.normalize(x.reshape(2, 3)).select(1, 0),
        ["layer_norm"] = x => functional.layer_norm(x.reshape(2, 3), [3]).square() * tensor([1.0, 2, 3]),
        ["matmul"] = x => matmul(x.reshape(2, 3), x.reshape(3, 2)),
        ["where"] = x => where(x > 0.5, x.square(), x * 3),
        ["var"] = x => x.var(),
        ["conv2d"] = x => functional.conv2d(x.reshape(1, 1, 2, 3), ones(1, 1, 2, 2, dtype: float64)).square(),
        ["avg_pool2d"] = x => functional.avg_pool2d(x.reshape(1, 1, 2, 3), 2, 1).square(),
        ["interpolate"] = x => functional.interpolate(x.reshape(1, 1, 2, 3), [4, 5], InterpolationMode.Bilinear, false).square(),
        ["cross_entropy"] = x => functional.cross_entropy(x.reshape(2, 3), tensor([0L, 2]), label_smoothing: 0.1),
        ["bce"] = x => functional.binary_cross_entropy_with_logits(x, tensor([0.0, 1, 1, 0, 1, 0])),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Backward_OfFunction_MatchesFiniteDifferences(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] point = [0.3, -0.7, 1.2, 0.9, -0.4, 0.6];
        Tensor weights = tensor([0.5, -1, 2, 1.5, 0.25, -0.75]);
        Func<Tensor, Tensor> weighted = x =>
        {
            Tensor y = Cases[name](x).flatten();
            return (y * weights.repeat(5).narrow(0, 0, y.numel())).sum();
        };
        Tensor x = tensor(point, requires_grad: true);

        weighted(x).backward();

        double[] gradient = x.grad!.data<double>().ToArray();
        for (int i = 0; i < point.Length; i++)
        {
            double above = weighted(Moved(point, i, Step)).item<double>();
            double below = weighted(Moved(point, i, -Step)).item<double>();
            double expected = (above - below) / (2 * Step);
            Assert.True(Math.Abs(gradient[i] - expected) < Tolerance * Math.Max(1, Math.Abs(expected)), $"{name}, element {i}: {gradient[i]}, expected {expected}.");
        }
    }

    [Fact]
    public void Backward_Twice_AddsUp()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 2], requires_grad: true);

        Assert.Null(x.grad);
        (x * 3).sum().backward();
        (x * x).sum().backward();

        Assert.Equal([5.0, 7], x.grad!.data<double>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = ones_like(x);
        Assert.Equal([1.0, 1], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void Backward_WithGradient_WeighsTheOutputs()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 2], requires_grad: true);

        (x * x).backward([tensor([10.0, 100])]);

        Assert.Equal([20.0, 400], x.grad!.data<double>().ToArray());
        Assert.Throws<ExternalException>(() => (x * x).backward());
    }

    [Fact]
    public void Backward_GraphRetained_RunsAgain()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(3.0, requires_grad: true);
        Tensor y = x * x;

        y.backward(retain_graph: true);
        y.backward();

        Assert.Equal(12, x.grad!.item<double>());
        Assert.Throws<ExternalException>(() => y.backward());
    }

    [Fact]
    public void Backward_InputsGiven_TouchesOnlyThese()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(3.0, requires_grad: true);
        Tensor b = tensor(5.0, requires_grad: true);

        (a * b).backward(inputs: [a]);

        Assert.Equal(5, a.grad!.item<double>());
        Assert.Null(b.grad);
    }

    [Fact]
    public void Grad_OfUnusedInput_IsInvalidWhenAllowed()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(3.0, requires_grad: true);
        Tensor unused = tensor(1.0, requires_grad: true);

        IList<Tensor> gradients = autograd.grad([x.square()], [x, unused], allow_unused: true);

        Assert.Equal(6, gradients[0].item<double>());
        Assert.True(gradients[1].IsInvalid);
        Assert.Null(x.grad);
        Assert.Throws<ExternalException>(() => autograd.grad([x.square()], [unused]));
    }

    [Fact]
    public void Grad_GraphCreated_HasASecondDerivative()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(2.0, requires_grad: true);

        Tensor first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        Tensor second = autograd.grad([first], [x])[0];

        Assert.Equal(12, first.item<double>());
        Assert.Equal(12, second.item<double>());
    }

    [Fact]
    public void InPlace_OnLeafThatRecords_Throws()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2, requires_grad: true);

        Assert.Throws<ExternalException>(() => x.add_(1));
        using (no_grad())
        {
            x.add_(1);
        }

        Assert.Equal([2f, 2], x.data<float>().ToArray());
    }

    [Fact]
    public void NoGrad_OnOneThread_LeavesTheOthersAlone()
    {
        using IDisposable quiet = no_grad();
        bool other = false;

        Thread thread = new(() => other = is_grad_enabled());
        thread.Start();
        thread.Join();

        Assert.True(other);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void Backward_FromManyThreads_GivesEachItsOwnGradient()
    {
        double[] gradients = Enumerable.Range(1, 8).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(i =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = tensor((double)i, requires_grad: true);
            for (int round = 0; round < 50; round++)
            {
                x.square().backward();
            }

            return x.grad!.item<double>();
        }).ToArray();

        Assert.Equal(Enumerable.Range(1, 8).Select(i => 100.0 * i), gradients);
    }

    [Fact]
    public void Grad_DisposedWithItsScope_StaysWithTheParameter()
    {
        using Parameter weight = new(ones(2));
        Tensor seen;
        using (DisposeScope scope = NewDisposeScope())
        {
            (weight * 3).sum().backward();
            seen = weight.grad!;
            Assert.True(scope.Contains(seen));
        }

        Assert.True(seen.IsInvalid);
        using Tensor kept = weight.grad!;
        Assert.Equal([3f, 3], kept.data<float>().ToArray());
    }

    [Fact]
    public void Parameter_TakesItsDataOver()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor data = tensor([1f, 2]);

        Parameter weight = new(data);
        Parameter frozen = nn.Parameter(ones(1), requires_grad: false);

        Assert.True(data.IsInvalid);
        Assert.False(scope.Contains(data));
        Assert.True(scope.Contains(weight));
        Assert.True(weight.requires_grad);
        Assert.False(frozen.requires_grad);
        Assert.Equal([1f, 2], weight.data<float>().ToArray());
        Assert.Equal(2, scope.DisposablesCount);
    }

    private static Tensor Moved(double[] point, int index, double by)
    {
        double[] moved = [.. point];
        moved[index] += by;
        return tensor(moved);
    }
}
