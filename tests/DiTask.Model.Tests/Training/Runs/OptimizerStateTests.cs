using DiTask.Model.Checkpoints;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using OptimizerState = DiTask.Model.Training.Runs.OptimizerState;

namespace DiTask.Model.Tests.Training.Runs;

/// <summary>A run that resumes hangs on what TorchSharp's optimizers show of their state, and on its outliving the scope of an update.</summary>
public sealed class OptimizerStateTests
{
    [Theory]
    [InlineData("adamw")]
    [InlineData("sgd")]
    public void Restore_IntoANewOptimizer_ContinuesExactly(string name)
    {
        OptimizerConfig config = new() { Name = name, LearningRate = 0.1 };
        TrainedParameter[] whole = [Make("a", 3, 2), Make("b", 4)], halted = [Make("a", 3, 2), Make("b", 4)];
        using OptimizerHelper uninterrupted = new OptimizerBuilder(config, whole, [], 1).Build();
        using OptimizerHelper first = new OptimizerBuilder(config, halted, [], 1).Build();
        Update(uninterrupted, whole, 0, 5);
        Update(first, halted, 0, 3);
        IReadOnlyList<long> steps = OptimizerState.Steps(first);
        Dictionary<string, HostTensor> memory = OptimizerState.Tensors(first).ToDictionary(tensor => tensor.Name);

        using OptimizerHelper second = new OptimizerBuilder(config, halted, [], 1).Build();
        OptimizerState.Restore(second, steps, memory);
        Update(second, halted, 3, 5);

        Assert.NotEmpty(memory);
        Assert.All(memory.Keys, key => Assert.True(OptimizerState.Owns(key)));
        Assert.All(whole.Zip(halted), pair => Assert.Equal(pair.First.Tensor.data<float>().ToArray(), pair.Second.Tensor.data<float>().ToArray()));
    }

    [Fact]
    public void Restore_OtherParameters_NamesBothCounts()
    {
        using OptimizerHelper optimizer = new OptimizerBuilder(new OptimizerConfig(), [Make("a", 2)], [], 1).Build();

        ArgumentException error = Assert.Throws<ArgumentException>(() => OptimizerState.Restore(optimizer, [1, 1], new Dictionary<string, HostTensor>()));

        Assert.Contains("the optimizer has 1 parameters, the checkpoint 2", error.Message, StringComparison.Ordinal);
    }

    // As a training step does it: whatever the update makes and does not keep is freed behind it.
    private static void Update(OptimizerHelper optimizer, TrainedParameter[] parameters, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            foreach (TrainedParameter parameter in parameters)
            {
                parameter.Tensor.grad = arange(parameter.Tensor.numel(), float32).sub(step).reshape(parameter.Tensor.shape).DetachFromDisposeScope();
            }

            optimizer.step();
        }
    }

    private static TrainedParameter Make(string key, params long[] shape) => new(key, new Parameter(ones(shape)), ParameterRole.Extra, null);
}
