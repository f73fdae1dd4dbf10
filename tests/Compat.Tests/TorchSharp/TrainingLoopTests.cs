using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Compat.Tests.TorchSharp;

/// <summary>Counts the tensors of the process, so that no other test may run meanwhile.</summary>
[Collection(nameof(TrainingLoopTests))]
[CollectionDefinition(nameof(TrainingLoopTests), DisableParallelization = true)]
public class TrainingLoopTests
{
    private const int Steps = 1000;
    private const int WarmUp = 10;

    [Fact]
    public void ThousandSteps_InScopes_LeaveNoTensorBehind_AndLearn()
    {
        manual_seed(3);
        using Parameter weight = new(rand(4, 1, dtype: float64));
        using Parameter bias = new(zeros(1, dtype: float64));
        using AdamW optimizer = optim.AdamW([weight, bias], lr: 0.05);
        using Tensor inputs = rand(32, 4, dtype: float64);
        using Tensor truth = tensor([1.0, -2, 3, 0.5], [4, 1]);
        using Tensor targets = inputs.matmul(truth);
        double loss = 0;
        long tensors = 0, bytes = 0;

        for (int step = 0; step < Steps; step++)
        {
            using (DisposeScope scope = NewDisposeScope())
            {
                optimizer.zero_grad();
                Tensor error = (inputs.matmul(weight) + bias - targets).square().mean();
                error.backward();
                nn.utils.clip_grad_norm_(optimizer.parameters(), 5);
                optimizer.step();
                loss = error.item<double>();
            }

            if (step == WarmUp)
            {
                (tensors, bytes) = Measure();
            }
        }

        (long tensorsAfter, long bytesAfter) = Measure();
        Assert.Equal(tensors, tensorsAfter);
        Assert.InRange(bytesAfter - bytes, long.MinValue, 32L << 20);
        Assert.True(loss < 1e-6, $"Loss {loss}.");
    }

    [Fact]
    public void TotalCount_FollowsCreationAndDisposal()
    {
        (long before, _) = Measure();
        Tensor x = ones(1);
        Assert.Equal(before + 1, Tensor.TotalCount);

        Parameter weight = new(x);
        Assert.Equal(before + 1, Tensor.TotalCount);

        weight.Dispose();
        weight.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static (long Tensors, long Bytes) Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using Process process = Process.GetCurrentProcess();
        return (Tensor.TotalCount, process.WorkingSet64);
    }
}
