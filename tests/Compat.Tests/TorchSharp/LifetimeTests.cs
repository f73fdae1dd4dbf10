using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.TorchSharp;

public class LifetimeTests
{
    [Fact]
    public void ShapeError_BecomesExceptionWithText_AndTheProcessLives()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = zeros(2, 3);

        ExternalException error = Assert.Throws<ExternalException>(() => a.matmul(zeros(2, 3)));

        Assert.Contains("2x3", error.Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(() => cat([a, zeros(4, 4)]));
        Assert.Throws<ExternalException>(() => a.view(5));
        Assert.Throws<ExternalException>(() => a.index_select(0, tensor([9L])));
        Assert.Throws<ExternalException>(() => nn.functional.linear(a, zeros(2, 2)));
        Assert.Equal([3f, 3, 3, 3], matmul(ones(2, 3), ones(3, 2)).data<float>().ToArray());
    }

    [Fact]
    public void AllocationError_BecomesException()
    {
        Assert.Throws<ExternalException>(() => empty(long.MaxValue / 8));
        Assert.Throws<ExternalException>(() => zeros(-1));
    }

    [Fact]
    public void UseAfterDispose_Throws()
    {
        Tensor x = ones(2);
        global::TorchSharp.Utils.TensorAccessor<float> data = x.data<float>();

        x.Dispose();
        x.Dispose();

        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => x + 1);
        Assert.Throws<InvalidOperationException>(() => x.shape);
        Assert.Throws<InvalidOperationException>(() => x.data<float>());
        Assert.Throws<InvalidOperationException>(() => data[0]);
        Assert.Throws<InvalidOperationException>(() => data.ToArray());
    }

    [Fact]
    public void View_OutlivesItsBase()
    {
        Tensor x = arange(4, dtype: float32);
        using Tensor view = x.narrow(0, 1, 2);

        x.Dispose();

        Assert.Equal([1f, 2], view.data<float>().ToArray());
    }

    [Fact]
    public void DisposeScope_FreesAllButMovedAndDetached()
    {
        Tensor inner, moved, detached;
        using (DisposeScope outer = NewDisposeScope())
        {
            using (DisposeScope scope = NewDisposeScope())
            {
                inner = ones(2);
                moved = (inner + 1).MoveToOuterDisposeScope();
                detached = (inner + 2).DetachFromDisposeScope();
                Assert.Equal(1, scope.DisposablesCount);
            }

            Assert.True(inner.IsInvalid);
            Assert.False(moved.IsInvalid);
            Assert.True(outer.Contains(moved));
        }

        Assert.True(moved.IsInvalid);
        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void DisposeScope_DisposeEverythingBut_KeepsTheNamedOnes()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor kept = ones(1);
        Tensor dropped = kept + 1;

        Assert.Same(kept, scope.DisposeEverythingBut(kept));

        Assert.True(dropped.IsInvalid);
        Assert.False(kept.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void DisposeScope_OfAnotherThread_IsNotUsed()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? other = null;

        Thread thread = new(() => other = ones(1));
        thread.Start();
        thread.Join();

        Assert.Equal(0, scope.DisposablesCount);
        other!.Dispose();
    }

    [Fact]
    public void UndisposedTensors_AreCollectedBeforeMemoryGrows()
    {
        const int Count = 5_000;
        const int Elements = 100_000;
        zeros(1).Dispose();
        long before = ResidentBytes();

        for (int i = 0; i < Count; i++)
        {
            _ = empty(Elements).fill_(1);
        }

        // 2 GB were asked for.
        Assert.InRange(ResidentBytes() - before, long.MinValue, 700L << 20);
    }

    [Fact]
    public void NoGrad_InnerResultsNeedNoGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2, requires_grad: true);

        Assert.True((x * 2).requires_grad);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.True(is_grad_enabled());
        Assert.False(x.detach().requires_grad);
    }

    [Fact]
    public void Threads_DefaultIsAllProcessors()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OMP_NUM_THREADS")))
        {
            Assert.Equal(Environment.ProcessorCount, get_num_threads());
        }

        Assert.Throws<ExternalException>(() => set_num_threads(0));
    }

    [Fact]
    public void Operations_FromManyThreads_AgreeWithOne()
    {
        using Tensor w = eye(64, dtype: float64) * 2;

        double[] sums = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(4).Select(i =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = full(64, 64, i, dtype: float64);
            for (int round = 0; round < 50; round++)
            {
                using DisposeScope step = NewDisposeScope();
                x = (matmul(x, w) / 2).MoveToOuterDisposeScope();
            }

            return x.sum().item<double>() / (64 * 64);
        }).Order().ToArray();

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], sums);
    }

    [Fact]
    public void Dispose_DuringUseOnAnotherThread_EndsInAnException()
    {
        for (int round = 0; round < 50; round++)
        {
            Tensor x = ones(1000);
            Thread reader = new(() =>
            {
                try
                {
                    while (true)
                    {
                        x.sum().Dispose();
                    }
                }
                catch (InvalidOperationException)
                {
                    // ObjectDisposedException included: the call came between the check and the use.
                }
            });
            reader.Start();
            x.Dispose();
            reader.Join();
        }
    }

    private static long ResidentBytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
