using System.Runtime.InteropServices;
using DiTask.Model.Training.Balancing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Training.Balancing;

/// <summary>What holds for every method.</summary>
public sealed class BalancerTests
{
    private static readonly double[][] Gradients = [[1, 0.5, -1], [-1, 1, 0.2], [0.3, -2, 0.5]];
    private static readonly double[][] Relations = [[1, 0.5, -0.2], [0.5, 1, 0.1], [-0.2, 0.1, 1]];

    public static TheoryData<string> Methods => [.. Balancers.Names];

    /// <summary>Methods whose gradient is linear in the losses' gradients while their weights stay the same.</summary>
    public static TheoryData<string> LinearMethods => ["fixed", "equal", "rlw", "uncertainty", "uncertainty_positive", "dwa", "gradnorm"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Backward_TwoHalves_EqualOneWhole(string method)
    {
        using LinearTasks whole = new(Gradients, [1, 2, 0.5]);
        using LinearTasks halves = new(Gradients, [1, 2, 0.5]);
        using IBalancer first = Create(method, whole);
        using IBalancer second = Create(method, halves);

        first.Backward(whole.Step(1));
        second.Backward(halves.Step(1, scale: 0.5));
        second.Backward(halves.Step(1, scale: 0.5));

        LinearTasks.AssertClose(whole.SharedGradient(), halves.SharedGradient(), 1e-9);
        LinearTasks.AssertClose(whole.OwnGradients(), halves.OwnGradients(), 1e-9);
        AssertOwnGradients(first, second);
    }

    [Theory]
    [MemberData(nameof(LinearMethods))]
    public void Backward_MicroBatches_EqualTheBatchOfTheirMeanLosses(string method)
    {
        using LinearTasks whole = new(Gradients);
        using LinearTasks parts = new(Gradients);
        using IBalancer first = Create(method, whole);
        using IBalancer second = Create(method, parts);

        first.Backward(whole.StepWith([1.5, 2.5, 1], step: 1));
        second.Backward(parts.StepWith([1, 2, 0.5], step: 1, scale: 0.5));
        second.Backward(parts.StepWith([2, 3, 1.5], step: 1, scale: 0.5));

        LinearTasks.AssertClose(whole.SharedGradient(), parts.SharedGradient());
        LinearTasks.AssertClose(whole.OwnGradients(), parts.OwnGradients());
        AssertOwnGradients(first, second);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void SaveAndRestore_InTheMiddle_ContinuesIdentically(string method)
    {
        using LinearTasks tasks = new(Gradients);
        using IBalancer unbroken = Create(method, tasks);
        Run(unbroken, tasks, 0, 7);
        IReadOnlyDictionary<string, double[]> state = unbroken.Save();
        double[][] expected = Run(unbroken, tasks, 7, 14);

        using IBalancer resumed = Create(method, tasks);
        resumed.Restore(state);

        Assert.Equal(expected, Run(resumed, tasks, 7, 14));
    }

    [Theory]
    [InlineData("uncertainty")]
    [InlineData("dwa")]
    [InlineData("gradnorm")]
    [InlineData("famo")]
    public void Restore_StateOfAnotherMethod_IsAnError(string method)
    {
        using LinearTasks tasks = new(Gradients);
        using IBalancer balancer = Create(method, tasks);

        Assert.Throws<ArgumentException>(() => balancer.Restore(new Dictionary<string, double[]> { ["something"] = [1, 2, 3] }));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Backward_LossesInAnotherOrder_IsAnError(string method)
    {
        using LinearTasks tasks = new(Gradients);
        using IBalancer balancer = Create(method, tasks);
        BalancingStep step = tasks.Step();

        Assert.Throws<ArgumentException>(() => balancer.Backward(step with { Losses = step.Losses.Reverse().ToDictionary() }));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Backward_LeavesNoTensorBehind(string method)
    {
        using LinearTasks tasks = new(Gradients);
        using IBalancer balancer = Create(method, tasks);
        using DisposeScope scope = NewDisposeScope();
        BalancingStep step = tasks.Step(1);
        int before = scope.DisposablesCount;

        balancer.Backward(step);

        Assert.Equal(before, scope.DisposablesCount);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Backward_LossesOfOneForwardPass_UsesItAsOftenAsNeededAndFreesIt(string method)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter trunk = new(tensor(new double[] { 0.5, -0.2, 0.1 }));
        Parameter[] heads = [.. Enumerable.Range(1, 3).Select(i => new Parameter(tensor(new double[] { i, 1, 2 })))];
        Tensor features = trunk.tanh().exp();
        Dictionary<string, Tensor> losses = LinearTasks.Names.Zip(heads).ToDictionary(pair => pair.First, pair => (pair.Second * features).sum());
        BalancingOptions options = new() { Tasks = [.. losses.Keys], Relations = Relations };
        using IBalancer balancer = Balancers.Create(method, options);
        BalancingStep step = new(losses, [trunk], [trunk], Step: 1, Epoch: 0);

        double[] weights = [.. balancer.Backward(step).Values];

        // d features / d trunk times the heads' sum, each by its weight: what the weights say is what was done.
        double[] expected =
        [
            .. LinearTasks.Values(trunk).Select((value, k) => Math.Exp(Math.Tanh(value)) * (1 - Math.Pow(Math.Tanh(value), 2)) *
                weights.Select((weight, i) => weight * (k == 0 ? i + 1 : k)).Sum()),
        ];
        LinearTasks.AssertClose(expected, LinearTasks.Values(trunk.grad));
        Assert.Throws<ExternalException>(() => features.sum().backward());
    }

    [Fact]
    public void Fixed_SharedGradient_IsTheSumOfTheTasksGradients()
    {
        using LinearTasks together = new(Gradients);
        using IBalancer balancer = Balancers.Create("fixed", together.Options(1, 2, 5));

        balancer.Backward(together.Step());

        double[] sum = [.. Gradients[0].Select((_, k) => Gradients[0][k] + (2 * Gradients[1][k]) + (5 * Gradients[2][k]))];
        LinearTasks.AssertClose(sum, together.SharedGradient(), 1e-12);
    }

    [Fact]
    public void Create_UnknownName_NamesTheKnownOnes() => Assert.Contains(
        "pcgrad",
        Assert.Throws<ArgumentException>(() => Balancers.Create("pc_grad", new BalancingOptions { Tasks = ["sal"] })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Create_WeightsThatDoNotFit_IsAnError()
    {
        BalancingOptions options = new() { Tasks = ["sal", "edge"] };

        Assert.Throws<ArgumentException>(() => Balancers.Create("fixed", options with { Weights = new Dictionary<string, double> { ["depth"] = 1 } }));
        Assert.Throws<ArgumentException>(() => Balancers.Create("fixed", options with { Weights = new Dictionary<string, double> { ["sal"] = -1 } }));
        Assert.Throws<ArgumentException>(() => Balancers.Create("fixed", options with { Tasks = [] }));
        Assert.Throws<ArgumentException>(() => Balancers.Create("fixed", options with { Tasks = ["sal", "sal"] }));
    }

    private static IBalancer Create(string method, LinearTasks tasks) =>
        Balancers.Create(method, tasks.Options(1, 2, 0.5) with { Seed = 3, Relations = Relations });

    // Losses that change from step to step, an epoch every four steps; what each step left as gradients and weights.
    private static double[][] Run(IBalancer balancer, LinearTasks tasks, int from, int to)
    {
        List<double[]> trace = [];
        for (int step = from; step < to; step++)
        {
            tasks.ClearGradients();
            double[] losses = [2 / (step + 1.0), 1 + Math.Sin(step), 0.5 + (step % 3)];
            IReadOnlyDictionary<string, double> weights = balancer.Backward(tasks.StepWith(losses, step));
            trace.Add([.. weights.Values, .. tasks.SharedGradient(), .. tasks.OwnGradients()]);
            if (balancer.Parameters is [var parameter])
            {
                using IDisposable gradients = no_grad();
                parameter.copy_(parameter - (parameter.grad! * 0.1));
                parameter.grad = null;
            }

            if (step % 4 == 3)
            {
                balancer.EndEpoch(LinearTasks.Names.Zip(losses).ToDictionary(pair => pair.First, pair => pair.Second));
            }
        }

        return [.. trace];
    }

    private static void AssertOwnGradients(IBalancer first, IBalancer second) =>
        LinearTasks.AssertClose(
            [.. first.Parameters.SelectMany(parameter => LinearTasks.Values(parameter.grad))],
            second.Parameters.SelectMany(parameter => LinearTasks.Values(parameter.grad)));
}
