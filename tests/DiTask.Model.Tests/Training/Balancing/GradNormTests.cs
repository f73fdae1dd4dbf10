using DiTask.Model.Training.Balancing;

namespace DiTask.Model.Tests.Training.Balancing;

public sealed class GradNormTests
{
    private static readonly Dictionary<string, double> Initial = new() { ["depth"] = 1, ["normals"] = 1 };

    [Fact]
    public void Direction_ClosedCase()
    {
        double[] norms = [3, 1];
        double[] weights = [1, 1];
        double[] progress = [0.5, 1];

        double[] targets = GradNormStep.Targets(norms, weights, progress, 1.5);

        LinearTasks.AssertClose([1.088662, 3.079201], targets);
        Assert.Equal(3.990539, norms.Zip(targets, (norm, target) => Math.Abs(norm - target)).Sum(), 1e-6);
        LinearTasks.AssertClose([3, -1], GradNormStep.Direction(norms, weights, progress, 1.5));
    }

    [Fact]
    public void Backward_SecondStep_HasTheRenormalisedWeights()
    {
        using LinearTasks tasks = Tasks();
        using IBalancer balancer = Create(tasks);

        LinearTasks.AssertClose([1, 1], balancer.Backward(tasks.Step(1)).Values);
        LinearTasks.AssertClose([0.948718, 1.051282], balancer.Backward(tasks.Step(2)).Values);
    }

    [Fact]
    public void Backward_GradientIsThatOfTheWeightedSum()
    {
        using LinearTasks tasks = Tasks();
        using IBalancer balancer = Create(tasks);

        balancer.Backward(tasks.Step(1));

        LinearTasks.AssertClose([3, 1], tasks.SharedGradient());
        LinearTasks.AssertClose([0.5, 1], tasks.OwnGradients());
    }

    [Fact]
    public void Backward_MicroBatchesOfAStep_MoveTheWeightsOnceByTheirMean()
    {
        using LinearTasks tasks = Tasks();
        using IBalancer balancer = Create(tasks);

        balancer.Backward(tasks.Step(1, scale: 0.5));
        LinearTasks.AssertClose([1, 1], balancer.Backward(tasks.Step(1, scale: 0.5)).Values);

        LinearTasks.AssertClose([3, 1], tasks.SharedGradient());
        LinearTasks.AssertClose([0.948718, 1.051282], balancer.Backward(tasks.Step(2)).Values);
    }

    [Fact]
    public void Backward_WithoutInitialLosses_TakesTheFirstStepAsStart()
    {
        using LinearTasks tasks = Tasks();
        using IBalancer balancer = Balancers.Create("gradnorm", tasks.Options());

        balancer.Backward(tasks.Step(1));

        Assert.Equal([0.5, 1], balancer.Save()["initial"]);
    }

    [Fact]
    public void Backward_TaskWithoutLabels_SitsOut()
    {
        using LinearTasks tasks = new([[3, 0], [0, 0], [0, 1]], [0.5, 0, 1]);
        using IBalancer balancer = Balancers.Create("gradnorm", tasks.Options() with { GradNormInitialLosses = new Dictionary<string, double> { ["depth"] = 1, ["semseg"] = 1 } });

        balancer.Backward(tasks.Step(1));
        double[] weights = [.. balancer.Backward(tasks.Step(2)).Values];

        // As with two tasks, then the sum is 3: .925, 1, 1.025 over 2.95.
        LinearTasks.AssertClose([0.925 * 3 / 2.95, 3 / 2.95, 1.025 * 3 / 2.95], weights);
    }

    [Fact]
    public void Backward_HugeGradient_KeepsWeightsPositive()
    {
        using LinearTasks tasks = new([[1000, 0], [0, 1]], [0.5, 1]);
        using IBalancer balancer = Create(tasks);

        balancer.Backward(tasks.Step(1));

        Assert.All(balancer.Backward(tasks.Step(2)).Values, weight => Assert.True(weight > 0));
    }

    [Fact]
    public void Backward_NoLastSharedLayer_IsAnError()
    {
        using LinearTasks tasks = Tasks();
        using IBalancer balancer = Create(tasks);

        Assert.Throws<ArgumentException>(() => balancer.Backward(tasks.Step() with { LastShared = [] }));
    }

    private static LinearTasks Tasks() => new([[3, 0], [0, 1]], [0.5, 1]);

    private static IBalancer Create(LinearTasks tasks) => Balancers.Create("gradnorm", tasks.Options() with { GradNormInitialLosses = Initial });
}
