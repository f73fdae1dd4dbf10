using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Compat.Tests.TorchSharp;

public class OptimizerTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void AdamW_FirstStep_IsDecayThenAdam()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter theta = Scalar(1);
        using AdamW optimizer = optim.AdamW([theta], lr: 0.1, weight_decay: 0.05);

        Step(optimizer, theta, 0.5);

        Assert.Equal(0.895, theta.item<double>(), 1e-8);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.05, false)]
    [InlineData(0.05, true)]
    public void AdamW_ManySteps_MatchTheFormula(double decay, bool amsgrad)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter theta = Scalar(1);
        using AdamW optimizer = optim.AdamW([theta], lr: 0.1, beta1: 0.8, beta2: 0.9, eps: 1e-3, weight_decay: decay, amsgrad: amsgrad);
        double expected = 1, m = 0, v = 0, greatest = 0;

        for (int t = 1; t <= 6; t++)
        {
            double g = Math.Sin(t) / t;
            Step(optimizer, theta, g);

            m = (0.8 * m) + (0.2 * g);
            v = (0.9 * v) + (0.1 * g * g);
            greatest = Math.Max(greatest, v);
            double second = (amsgrad ? greatest : v) / (1 - Math.Pow(0.9, t));
            expected -= 0.1 * decay * expected;
            expected -= 0.1 * m / (1 - Math.Pow(0.8, t)) / (Math.Sqrt(second) + 1e-3);
            Assert.Equal(expected, theta.item<double>(), Tolerance);
        }
    }

    [Fact]
    public void Sgd_Momentum_MatchesHandComputation()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter plain = Scalar(1);
        Parameter heavy = Scalar(1);
        Parameter nesterov = Scalar(1);
        using SGD optimizer = optim.SGD([plain], 0.1, weight_decay: 0.5);
        using SGD withMomentum = optim.SGD([heavy], 0.1, momentum: 0.9, dampening: 0.5);
        using SGD withNesterov = optim.SGD([nesterov], 0.1, momentum: 0.9, nesterov: true);

        for (int i = 0; i < 2; i++)
        {
            Step(optimizer, plain, 2);
            Step(withMomentum, heavy, 2);
            Step(withNesterov, nesterov, 2);
        }

        // 1 - .1 * 2.5 = .75; .75 - .1 * 2.375
        Assert.Equal(0.5125, plain.item<double>(), Tolerance);
        // Buffers 2 and .9 * 2 + .5 * 2 = 2.8
        Assert.Equal(1 - 0.2 - 0.28, heavy.item<double>(), Tolerance);
        // Buffers 2 and 3.8; steps 2 + 1.8 and 2 + .9 * 3.8
        Assert.Equal(1 - 0.38 - 0.542, nesterov.item<double>(), Tolerance);
    }

    [Fact]
    public void Maximize_ClimbsWhereTheOthersDescend()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter a = Scalar(1);
        Parameter b = Scalar(1);
        using SGD sgd = optim.SGD([a], 0.1, maximize: true);
        using AdamW adam = optim.AdamW([b], lr: 0.1, maximize: true);

        Step(sgd, a, 2);
        Step(adam, b, 2);

        Assert.Equal(1.2, a.item<double>(), Tolerance);
        Assert.True(b.item<double>() > 1);
    }

    [Fact]
    public void ParamGroups_OwnRateAndDecay_AreUsed_AndTheRestIsTheDefault()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter decayed = Scalar(1);
        Parameter fast = Scalar(1);
        using AdamW optimizer = optim.AdamW(
            [
                new AdamW.ParamGroup { Parameters = [decayed] },
                new AdamW.ParamGroup([fast], new AdamW.Options { LearningRate = 0.2, weight_decay = 0 }),
            ],
            lr: 0.1,
            weight_decay: 0.05);

        Step(optimizer, [decayed, fast], 0.5);
        Assert.Equal(0.895, decayed.item<double>(), 1e-8);
        Assert.Equal(0.8, fast.item<double>(), 1e-8);
        Assert.Equal([0.1, 0.2], optimizer.ParamGroups.Select(group => group.LearningRate));

        foreach (optim.ILearningRateController group in optimizer.ParamGroups)
        {
            group.LearningRate = 0;
        }

        Step(optimizer, [decayed, fast], 0.5);
        Assert.Equal(0.8, fast.item<double>(), 1e-8);
        Assert.Equal([0.1, 0.2], optimizer.ParamGroups.Select(group => group.InitialLearningRate));
        Assert.Equal([decayed, fast], optimizer.parameters());
    }

    [Fact]
    public void Step_ParameterWithoutGradient_IsLeftAlone()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter theta = Scalar(1);
        using AdamW optimizer = optim.AdamW([theta], weight_decay: 0.5);

        optimizer.step();

        Assert.Equal(1, theta.item<double>());
        Assert.Equal(0, ((AdamW.State)optimizer.state_dict().State[0]).step);
    }

    [Fact]
    public void Step_WithClosure_AnswersItsLoss()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter theta = Scalar(3);
        using SGD optimizer = optim.SGD([theta], 0.25);

        using IDisposable quiet = no_grad();
        Tensor? loss = optimizer.step(() =>
        {
            Tensor value = theta.square();
            value.backward();
            return value;
        });

        Assert.Equal(9, loss!.item<double>());
        Assert.Equal(1.5, theta.item<double>(), Tolerance);
    }

    [Fact]
    public void ZeroGrad_KeepsTheGradientAsZeros()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter theta = Scalar(3);
        using SGD optimizer = optim.SGD([theta], 0.25);
        theta.square().backward();

        optimizer.zero_grad();

        Assert.Equal(0, theta.grad!.item<double>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StateDict_IntoANewOptimizer_ContinuesExactly(bool byHand)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter unbroken = Scalar(1);
        Parameter resumed = Scalar(1);
        using AdamW first = optim.AdamW([unbroken], lr: 0.1, weight_decay: 0.05);
        using AdamW stopped = optim.AdamW([resumed], lr: 0.1, weight_decay: 0.05);
        for (int t = 1; t <= 3; t++)
        {
            Step(first, unbroken, Math.Sin(t));
            Step(stopped, resumed, Math.Sin(t));
        }

        using AdamW next = optim.AdamW([resumed], lr: 0.5);
        if (byHand)
        {
            AdamW.State from = (AdamW.State)stopped.state_dict().State[0];
            AdamW.State to = (AdamW.State)next.state_dict().State[0];
            to.step = from.step;
            to.exp_avg.copy_(from.exp_avg);
            to.exp_avg_sq.copy_(from.exp_avg_sq);
            next.state_dict().Options[0].LoadStateDict(stopped.state_dict().Options[0]);
        }
        else
        {
            using DisposeScope inner = NewDisposeScope();
            next.load_state_dict(stopped.state_dict());
        }

        Assert.True(next.state_dict().State[0].ApproximatelyEquals(stopped.state_dict().State[0]));
        for (int t = 4; t <= 6; t++)
        {
            Step(first, unbroken, Math.Sin(t));
            Step(next, resumed, Math.Sin(t));
        }

        Assert.Equal(unbroken.item<double>(), resumed.item<double>());
    }

    [Fact]
    public void LoadStateDict_OfAnotherShape_Throws()
    {
        using DisposeScope scope = NewDisposeScope();
        using SGD one = optim.SGD([Scalar(1)], 0.1);
        using SGD two = optim.SGD([Scalar(1), Scalar(2)], 0.1);

        Assert.Throws<ArgumentException>(() => one.load_state_dict(two.state_dict()));
    }

    [Fact]
    public void Constructor_NumbersOutOfRange_Throws()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => optim.AdamW([Scalar(1)], lr: -1));
        Assert.Throws<ArgumentException>(() => optim.AdamW([Scalar(1)], beta2: 1));
        Assert.Throws<ArgumentException>(() => optim.SGD([Scalar(1)], -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([Scalar(1)], 1, nesterov: true));
    }

    [Fact]
    public void ClipGradNorm_LargeGradient_IsScaledToTheNorm()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter a = Scalar(1);
        Parameter b = Scalar(1);
        Parameter unused = Scalar(1);
        a.grad = tensor(3.0);
        b.grad = tensor(4.0);

        double norm = nn.utils.clip_grad_norm_([a, b, unused], 1);

        Assert.Equal(5, norm, Tolerance);
        Assert.Equal(0.6, a.grad!.item<double>(), 1e-6);
        Assert.Equal(0.8, b.grad!.item<double>(), 1e-6);
        Assert.Equal(1, nn.utils.clip_grad_norm_([a, b], 10), 1e-6);
        Assert.Equal(0.6, a.grad!.item<double>(), 1e-6);
        Assert.Equal(0.6, a.grad!.item<double>(), 1e-6);
    }

    private static Parameter Scalar(double value) => new(tensor(value));

    private static void Step(optim.Optimizer optimizer, Parameter parameter, double gradient) => Step(optimizer, [parameter], gradient);

    private static void Step(optim.Optimizer optimizer, Parameter[] parameters, double gradient)
    {
        foreach (Parameter parameter in parameters)
        {
            parameter.grad = tensor(gradient);
        }

        optimizer.step();
    }
}
