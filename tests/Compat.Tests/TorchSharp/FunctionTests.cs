using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.TorchSharp;

public class FunctionTests
{
    [Fact]
    public void Single_BackwardIsTheFunctionsOwn()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 2], requires_grad: true);

        Tensor y = Scaled.apply(x * 1, 3.0);
        (y * tensor([1.0, 10])).sum().backward();

        Assert.Equal([3.0, 6], y.data<double>().ToArray());

        // Its backward pass says 100 times the factor, to be told from what libtorch would have found.
        Assert.Equal([300.0, 3000], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void Single_WithoutRecording_IsPlain()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1.0, 2], requires_grad: true);

        Assert.False(Scaled.apply(x.detach(), 3.0).requires_grad);
        using (no_grad())
        {
            Assert.False(Scaled.apply(x, 3.0).requires_grad);
        }

        Assert.True(Scaled.apply(x, 3.0).requires_grad);
    }

    [Fact]
    public void Multi_UnusedOutput_HasZeroGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor([2.0, 3], requires_grad: true);
        Tensor b = tensor([5.0, 7], requires_grad: true);

        List<Tensor> both = SumAndProduct.apply(a, b);
        both[1].sum().backward();
        Assert.Equal([10.0, 21], both[1].data<double>().ToArray());
        Assert.Equal([5.0, 7], a.grad!.data<double>().ToArray());
        Assert.Equal([2.0, 3], b.grad!.data<double>().ToArray());

        SumAndProduct.apply(a, b)[0].sum().backward();
        Assert.Equal([6.0, 8], a.grad!.data<double>().ToArray());
    }

    [Fact]
    public void SavedOutput_IsThereInBackward()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(1.0, requires_grad: true);

        Exponential.apply(x).backward();

        Assert.Equal(Math.E, x.grad!.item<double>(), 1e-12);
    }

    [Fact]
    public void SavedTensor_ChangedBeforeBackward_Throws()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(1.0, requires_grad: true);
        Tensor middle = x * 1;
        Tensor y = SumAndProduct.apply(middle, x)[1];

        using (no_grad())
        {
            middle.add_(1);
        }

        ExternalException error = Assert.Throws<ExternalException>(() => y.backward());
        Assert.Contains("inplace", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExceptionInBackward_ComesBackWithItsText()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(1.0, requires_grad: true);

        ExternalException error = Assert.Throws<ExternalException>(() => Failing.apply(x).backward());

        Assert.Equal("no derivative", error.Message);
        Assert.Equal(2, (x * 2).item<double>());
    }

    [Fact]
    public void GradientForANumber_Throws()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(1.0, requires_grad: true);

        Assert.Throws<ExternalException>(() => WrongCount.apply(x, 2.0).backward());
    }

    [Fact]
    public void ManyCalls_OnManyThreads_AgreeWithOne()
    {
        double[] gradients = Enumerable.Range(1, 8).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(i =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = tensor((double)i, requires_grad: true);
            for (int round = 0; round < 50; round++)
            {
                using DisposeScope step = NewDisposeScope();
                Scaled.apply(Scaled.apply(x, 1.0), (double)i).backward();
            }

            return x.grad!.item<double>();
        }).ToArray();

        Assert.Equal(Enumerable.Range(1, 8).Select(i => 50.0 * 10_000 * i), gradients);
    }

    [Fact]
    public void Node_ResultsDisposed_LetsGoOfWhatItSaved()
    {
        WeakReference saved = UseAndDispose();

        for (int attempt = 0; attempt < 10 && saved.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(saved.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseAndDispose()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(1.0, requires_grad: true);
        object factor = 3.0;
        Scaled.apply(x, factor).backward();
        Assert.Equal(300, x.grad!.item<double>());
        return new WeakReference(factor);
    }

    public class Scaled : autograd.SingleTensorFunction<Scaled>
    {
        public override string Name => nameof(Scaled);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("factor", vars[1]);
            return (Tensor)vars[0] * (double)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * (100 * (double)ctx.get_data("factor")), null!];
    }

    public class SumAndProduct : autograd.MultiTensorFunction<SumAndProduct>
    {
        public override string Name => nameof(SumAndProduct);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor a = (Tensor)vars[0];
            Tensor b = (Tensor)vars[1];
            ctx.save_for_backward([a, b]);
            return [a + b, a * b];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            return [grad_outputs[0] + (grad_outputs[1] * saved[1]), grad_outputs[0] + (grad_outputs[1] * saved[0])];
        }
    }

    public class Exponential : autograd.SingleTensorFunction<Exponential>
    {
        public override string Name => nameof(Exponential);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor y = ((Tensor)vars[0]).exp();
            ctx.save_for_backward([y]);
            return y;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * ctx.get_saved_variables()[0]];
    }

    public class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            throw new NotSupportedException("no derivative");
    }

    public class WrongCount : autograd.SingleTensorFunction<WrongCount>
    {
        public override string Name => nameof(WrongCount);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output, grad_output];
    }
}
