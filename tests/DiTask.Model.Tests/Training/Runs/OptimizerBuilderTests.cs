using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Training.Runs;

public sealed class OptimizerBuilderTests : IDisposable
{
    private readonly TrainedParameter theta = Make("a.lora_shared_A", ParameterRole.Theta, 1, 7);
    private readonly TrainedParameter matrix = Make("merging.weight", ParameterRole.Extra, 2, 2);
    private readonly TrainedParameter norm = Make("norm.weight", ParameterRole.Extra, 4);
    private readonly TrainedParameter bias = Make("head.bias", ParameterRole.Decoder, 1, 2);
    private readonly Parameter variance = new(zeros(1));

    public void Dispose() => variance.Dispose();

    [Fact]
    public void Groups_ByDefault_DecayMatricesAndThetasOnly()
    {
        OptimizerBuilder builder = new(new OptimizerConfig(), [theta, matrix, norm, bias], [variance], 3);

        Assert.Equal(
            [(1, 1, 0.05), (1, 1, 0.05), (2, 1, 0), (1, 3, 0)],
            builder.Groups.Select(group => (group.Parameters.Count, group.Factor, group.WeightDecay)));
        Assert.Same(theta.Tensor, builder.Groups[0].Parameters[0]);
        Assert.Same(variance, builder.Groups[3].Parameters[0]);
    }

    [Fact]
    public void Groups_AdaptersOnTheirOwn_HaveTheirFactorAndDecay()
    {
        OptimizerBuilder builder = new(new OptimizerConfig { AdapterFactor = 10, AdapterDecay = 0 }, [theta, matrix], [], 1);

        Assert.Equal([(10, 0), (1, 0.05)], builder.Groups.Select(group => (group.Factor, group.WeightDecay)));
    }

    // The specification's oracle: theta 1, gradient 0.5, rate 0.1, decay 0.05.
    [Fact]
    public void Build_AdamW_FirstStepIsTheSpecifications()
    {
        TrainedParameter one = Make("w", ParameterRole.Extra, 1, 1);
        one.Tensor.grad = full([1, 1], 0.5f);
        using (no_grad())
        {
            one.Tensor.fill_(1);
        }

        using OptimizerHelper optimizer = new OptimizerBuilder(new OptimizerConfig { LearningRate = 0.1 }, [one], [], 1).Build();
        optimizer.step();

        Assert.Equal(0.895, one.Tensor.item<float>(), 1e-6);
    }

    private static TrainedParameter Make(string key, ParameterRole role, params long[] shape) => new(key, new Parameter(zeros(shape)), role, null);
}
